using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Switchyard.TestKit.S3;

/// <summary>The operations of the double on one bucket.</summary>
internal sealed class S3Operations(string bucket, ConcurrentDictionary<string, S3Object> objects, Func<int> pageSize)
{
    private readonly Lock _gate = new();

    public Task RunAsync(S3Call call) => call switch
    {
        _ when call.Bucket != bucket => S3Answers.ErrorAsync(call.Context, S3Error.NoSuchBucket),
        { Operation: "PutObject" } => PutAsync(call),
        { Operation: "CopyObject" } => CopyAsync(call),
        { Operation: "GetObject" or "HeadObject" } => GetAsync(call),
        { Operation: "ListObjectsV2" } => ListAsync(call),
        { Operation: "DeleteObject" } => DeleteAsync(call),
        _ => S3Answers.ErrorAsync(call.Context, S3Error.NotImplemented),
    };

    private Task PutAsync(S3Call call)
    {
        var stored = new S3Object(call.Body, call.Header("Content-Type") ?? "binary/octet-stream");
        if (!Digests(call, stored))
        {
            return S3Answers.ErrorAsync(call.Context, S3Error.BadDigest);
        }

        lock (_gate)
        {
            var current = objects.GetValueOrDefault(call.Key);
            if ((call.Header("If-None-Match") is not null && current is not null) || (call.Header("If-Match") is { } tag && current?.Matches(tag) != true))
            {
                return S3Answers.ErrorAsync(call.Context, S3Error.PreconditionFailed);
            }

            objects[call.Key] = stored;
        }

        call.Context.Response.Headers.ETag = stored.ETag;
        return Task.CompletedTask;
    }

    private Task CopyAsync(S3Call call)
    {
        var source = Uri.UnescapeDataString(call.Header("x-amz-copy-source")!).TrimStart('/').Split('/', 2);
        if (source.Length != 2 || source[0] != bucket)
        {
            return S3Answers.ErrorAsync(call.Context, S3Error.NoSuchBucket);
        }

        lock (_gate)
        {
            if (!objects.TryGetValue(source[1], out var found))
            {
                return S3Answers.ErrorAsync(call.Context, S3Error.NoSuchKey);
            }

            if (call.Header("x-amz-copy-source-if-match") is { } tag && !found.Matches(tag))
            {
                return S3Answers.ErrorAsync(call.Context, S3Error.PreconditionFailed);
            }

            objects[call.Key] = found;
            return S3Answers.CopiedAsync(call.Context, found);
        }
    }

    private async Task GetAsync(S3Call call)
    {
        var response = call.Context.Response;
        if (!objects.TryGetValue(call.Key, out var found))
        {
            await S3Answers.ErrorAsync(call.Context, S3Error.NoSuchKey);
            return;
        }

        if (call.Header("If-Match") is { } tag && !found.Matches(tag))
        {
            await S3Answers.ErrorAsync(call.Context, S3Error.PreconditionFailed);
            return;
        }

        response.Headers.ETag = found.ETag;
        response.Headers.LastModified = "Thu, 01 Jan 2026 00:00:00 GMT";
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = call.Parameter("response-content-type") ?? found.ContentType;
        if (call.Parameter("response-content-disposition") is { } disposition)
        {
            response.Headers.ContentDisposition = disposition;
        }

        var (first, count) = Range(call, found.Bytes.Length);
        if (count != found.Bytes.Length)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{first + count - 1}/{found.Bytes.Length}");
        }

        response.ContentLength = count;
        if (call.Method == "GET")
        {
            await response.Body.WriteAsync(found.Bytes.AsMemory(first, count), call.Context.RequestAborted);
        }
    }

    private Task ListAsync(S3Call call)
    {
        var size = Math.Min(pageSize(), int.Parse(call.Parameter("max-keys") ?? "1000", CultureInfo.InvariantCulture));
        var after = call.Parameter("continuation-token") is { } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : call.Parameter("start-after") ?? "";
        var rest = objects
            .Where(entry => entry.Key.StartsWith(call.Parameter("prefix") ?? "", StringComparison.Ordinal) && string.CompareOrdinal(entry.Key, after) > 0)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal).Take(size + 1).ToList();
        var next = rest.Count > size ? Convert.ToBase64String(Encoding.UTF8.GetBytes(rest[size - 1].Key)) : null;
        return S3Answers.ListAsync(call.Context, bucket, [.. rest.Take(size)], next);
    }

    private Task DeleteAsync(S3Call call)
    {
        objects.TryRemove(call.Key, out _);
        call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static bool Digests(S3Call call, S3Object stored) =>
        (call.Header("Content-MD5") is not { } md5 || md5 == Convert.ToBase64String(stored.Md5))
        && (call.Header("x-amz-checksum-sha256") is not { } sha256 || sha256 == Convert.ToBase64String(SHA256.HashData(stored.Bytes)));

    private static (int First, int Count) Range(S3Call call, int length)
    {
        if (!RangeHeaderValue.TryParse(call.Header("Range") ?? "", out var header) || header.Ranges.SingleOrDefault() is not { From: { } from } range || from >= length)
        {
            return (0, length);
        }

        var last = Math.Min(range.To ?? (length - 1), length - 1);
        return ((int)from, (int)(last - from + 1));
    }
}
