using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace Switchyard.Blobs.S3;

/// <summary>The blob port on S3; a version is an entity tag without its quotes.</summary>
internal sealed partial class S3BlobStore(IAmazonS3 client, IOptions<S3BlobsOptions> options, TimeProvider time) : IBlobStore
{
    private readonly S3BlobsOptions _options = options.Value;
    private readonly S3Calls _calls = new(time);

    public async Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        return await SmallAsync("HeadObject", async token =>
        {
            try
            {
                var found = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _options.Bucket, Key = key }, token).ConfigureAwait(false);
                return new BlobInfo(key, found.ContentLength, Version(found.ETag));
            }
            catch (AmazonS3Exception exception) when (IsAbsent(exception))
            {
                return null;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        return await SmallAsync<Stream?>("GetObject", async token =>
        {
            try
            {
                return new S3ReadStream(
                    await client.GetObjectAsync(new GetObjectRequest { BucketName = _options.Bucket, Key = key }, token).ConfigureAwait(false),
                    _options.RequestTimeout,
                    time);
            }
            catch (AmazonS3Exception exception) when (IsAbsent(exception))
            {
                return null;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        await SmallAsync("DeleteObject", async token =>
        {
            try
            {
                return await client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _options.Bucket, Key = key }, token).ConfigureAwait(false);
            }
            catch (AmazonS3Exception exception) when (IsAbsent(exception))
            {
                return null;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = prefix.Length == 0 ? null : prefix };
        do
        {
            var page = await SmallAsync("ListObjectsV2", token => client.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);

            // Keys that others put into the bucket and that the port's grammar doesn't know aren't ours.
            foreach (var found in (page.S3Objects ?? []).Where(found => BlobKey.IsValid(found.Key)))
            {
                yield return new BlobInfo(found.Key, found.Size ?? 0, Version(found.ETag));
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private Task<T> SmallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _calls.RunAsync(operation, _options.RequestTimeout, call, cancellationToken);

    private Task<T> LargeAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _calls.RunAsync(operation, _options.TransferTimeout, call, cancellationToken);

    /// <summary>Tells an absent object from an absent bucket, which is nobody's upload gone missing but a store set up wrong.</summary>
    private static bool IsAbsent(AmazonS3Exception exception) =>
        exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket";

    private static string Version(string? etag) =>
        string.IsNullOrEmpty(etag) ? throw new BlobStoreUnavailableException("S3 gave an object without an entity tag.") : etag.Trim('"');
}
