using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Switchyard.Blobs;
using Switchyard.Blobs.FileSystem;

namespace Switchyard.AspNetCore.Blobs;

/// <summary>Streams uploads into the store, and decides the answer.</summary>
internal sealed partial class BlobUploads(IBlobStore blobs, BlobsInstruments instruments, ILogger<BlobUploads> logger)
{
    public const string RetryAfterSeconds = "5";
    private const string S3Framing = "aws-chunked";

    /// <summary>The status that stands in metrics and logs for a client that went away; it never reaches a wire.</summary>
    private const int ClientClosedRequest = 499;

    public async Task<IResult> ReceiveAsync(HttpContext context, SignedBlob signed)
    {
        var request = context.Request;
        if (request.ContentLength > signed.MaxBytes)
        {
            return Refuse(context, StatusCodes.Status413PayloadTooLarge);
        }

        // Such a body is framed in a way that only S3 takes apart: stored as it is, it wouldn't be the client's file.
        using var digests = StatedDigests.Read(request.Headers);
        if (digests is null || request.Headers.ContentEncoding.ToString().Contains(S3Framing, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(context, StatusCodes.Status400BadRequest);
        }

        try
        {
            var stored = await blobs.WriteAsync(signed.Key, new UploadBody(request.Body, signed.MaxBytes, digests), context.RequestAborted);
            instruments.OnUploadStored(stored.Size);
            instruments.OnUploadEnded(StatusCodes.Status200OK);
            context.Response.Headers.ETag = new EntityTagHeaderValue($"\"{stored.Version}\"").ToString();
            return TypedResults.StatusCode(StatusCodes.Status200OK);
        }
        catch (Exception exception) when (StatusOf(exception, context) is { } status)
        {
            if (exception is BlobStoreUnavailableException)
            {
                LogStoreUnavailable(logger, exception);
            }

            return Refuse(context, status);
        }
    }

    public IResult Refuse(HttpContext context, int status)
    {
        LogUploadRefused(logger, status);
        instruments.OnUploadEnded(status);
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // What is left of the body isn't worth reading only to keep the connection.
            context.Response.Headers.Connection = "close";
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return TypedResults.StatusCode(status);
    }

    private static int? StatusOf(Exception exception, HttpContext context) => exception switch
    {
        UploadRefusedException refused => refused.Status,
        BlobStoreUnavailableException => StatusCodes.Status503ServiceUnavailable,
        OperationCanceledException or IOException when context.RequestAborted.IsCancellationRequested => ClientClosedRequest,
        BadHttpRequestException bad => bad.StatusCode,

        // The store turns its own into BlobStoreUnavailableException, so this is the body's: a connection that broke.
        IOException => StatusCodes.Status400BadRequest,
        _ => null,
    };

    [LoggerMessage(EventIds.UploadRefused, LogLevel.Debug, "An upload was refused with {Status}", EventName = "UploadRefused")]
    private static partial void LogUploadRefused(ILogger logger, int status);

    [LoggerMessage(EventIds.StoreUnavailable, LogLevel.Error, "An upload couldn't be stored", EventName = "StoreUnavailable")]
    private static partial void LogStoreUnavailable(ILogger logger, Exception exception);
}
