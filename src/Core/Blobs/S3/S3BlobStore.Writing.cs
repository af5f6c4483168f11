using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Switchyard.Blobs.S3;

internal sealed partial class S3BlobStore
{
    /// <summary>What S3 copies in one step, and also what it takes in one PUT; so anything uploaded by a signed URL can be frozen.</summary>
    private const long LargestCopy = 5L * 1024 * 1024 * 1024;

    private const string AnyContent = "application/octet-stream";

    public async Task<BlobInfo> WriteAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        ArgumentNullException.ThrowIfNull(content);

        // S3 wants the length and the hash before the first byte, and a retry the bytes again: so they go through a file.
        var spool = File.Create(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await using (spool.ConfigureAwait(false))
        {
            await content.CopyToAsync(spool, cancellationToken).ConfigureAwait(false);
            spool.Position = 0;
            var request = new PutObjectRequest
            {
                BucketName = _options.Bucket,
                Key = key,
                InputStream = spool,
                AutoCloseStream = false,
                ContentType = AnyContent,
                UseChunkEncoding = false,
            };
            var answer = await LargeAsync("PutObject", token => client.PutObjectAsync(request, token), cancellationToken).ConfigureAwait(false);
            return new BlobInfo(key, spool.Length, Version(answer.ETag));
        }
    }

    public async Task<BlobInfo?> FreezeAsync(BlobInfo source, string frozenKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        BlobKey.Check(source.Key, nameof(source));
        BlobKey.Check(frozenKey, nameof(frozenKey));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(source.Size, LargestCopy, nameof(source));

        var request = new CopyObjectRequest
        {
            SourceBucket = _options.Bucket,
            SourceKey = source.Key,
            DestinationBucket = _options.Bucket,
            DestinationKey = frozenKey,
            ETagToMatch = $"\"{source.Version}\"",
        };
        var copied = await LargeAsync("CopyObject", token => CopyAsync(request, token), cancellationToken).ConfigureAwait(false);
        if (copied is null)
        {
            return null;
        }

        // A copy can fail after its 200, and some stores answer from an older state: what is there now is what counts.
        var frozen = await FindAsync(frozenKey, cancellationToken).ConfigureAwait(false);
        return frozen is not null && frozen.Size == source.Size && frozen.Version == Version(copied.ETag)
            ? frozen
            : throw new BlobStoreUnavailableException("S3 answered CopyObject, but the copy isn't there as it should be.");
    }

    public Task<Uri> CreateUploadUrlAsync(string key, UploadGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grant.MaxBytes, nameof(grant));
        return PresignAsync(new GetPreSignedUrlRequest { Verb = HttpVerb.PUT, Key = key }, grant.Lifetime, cancellationToken);
    }

    public Task<Uri> CreateDownloadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        // Signed along: whatever type the uploader stated, no browser runs it.
        var request = new GetPreSignedUrlRequest { Verb = HttpVerb.GET, Key = key };
        request.ResponseHeaderOverrides.ContentType = AnyContent;
        request.ResponseHeaderOverrides.ContentDisposition = "attachment";
        return PresignAsync(request, lifetime, cancellationToken);
    }

    private async Task<CopyObjectResponse?> CopyAsync(CopyObjectRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CopyObjectAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed || IsAbsent(exception))
        {
            return null;
        }
    }

    private async Task<Uri> PresignAsync(GetPreSignedUrlRequest request, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        BlobKey.Check(request.Key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLifetime);
        request.BucketName = _options.Bucket;
        request.Expires = (time.GetUtcNow() + lifetime).UtcDateTime;

        // The SDK signs https unless told otherwise, whatever the endpoint says.
        request.Protocol = _options.Endpoint?.Scheme == Uri.UriSchemeHttp ? Protocol.HTTP : Protocol.HTTPS;
        return new Uri(await SmallAsync("presigning", _ => client.GetPreSignedURLAsync(request), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What Signature Version 4 allows.</summary>
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(7);
}
