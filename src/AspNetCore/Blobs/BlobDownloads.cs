using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Switchyard.Blobs;

namespace Switchyard.AspNetCore.Blobs;

/// <summary>Sends objects as files to be saved: whatever an uploader put there, no browser is to run it under our origin.</summary>
internal sealed partial class BlobDownloads(IBlobStore blobs, ILogger<BlobDownloads> logger)
{
    private const int Attempts = 10;

    public async Task<IResult> SendAsync(HttpContext context, string key)
    {
        try
        {
            if (await OpenAsync(key, context.RequestAborted) is not var (blob, content))
            {
                return TypedResults.StatusCode(StatusCodes.Status404NotFound);
            }

            var headers = context.Response.Headers;
            headers.ContentDisposition = "attachment";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            return TypedResults.Stream(
                content, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{blob.Version}\""), enableRangeProcessing: true);
        }
        catch (BlobStoreUnavailableException exception)
        {
            LogStoreUnavailable(logger, exception);
            context.Response.Headers.RetryAfter = BlobUploads.RetryAfterSeconds;
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Opens an object together with the version that the stream reads: a client that resumes with <c>If-Range</c> must not mix two.</summary>
    private async Task<(BlobInfo Blob, Stream Content)?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = await blobs.FindAsync(key, cancellationToken);
            var content = before is null ? null : await blobs.OpenReadAsync(key, cancellationToken);
            if (before is null || content is null)
            {
                return null;
            }

            if ((await blobs.FindAsync(key, cancellationToken))?.Version == before.Version)
            {
                return (before, content);
            }

            await content.DisposeAsync();
        }

        throw new BlobStoreUnavailableException("An object was replaced again and again while it was opened.");
    }

    [LoggerMessage(EventIds.StoreUnavailable, LogLevel.Error, "An object couldn't be read", EventName = "StoreUnavailable")]
    private static partial void LogStoreUnavailable(ILogger logger, Exception exception);
}
