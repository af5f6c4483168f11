using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore.Blobs;

/// <summary>The digests that a client stated for its body: <c>Content-MD5</c> and <c>x-amz-checksum-sha256</c>, in base64.</summary>
internal sealed class StatedDigests : IDisposable
{
    private readonly List<(IncrementalHash Hash, byte[] Stated)> _digests = [];

    private StatedDigests()
    {
    }

    /// <summary>Reads the headers; <see langword="null"/> where one of them can't be a digest.</summary>
    public static StatedDigests? Read(IHeaderDictionary headers)
    {
        var digests = new StatedDigests();
        if (digests.TryAdd(headers.ContentMD5.ToString(), HashAlgorithmName.MD5, MD5.HashSizeInBytes)
            && digests.TryAdd(headers["x-amz-checksum-sha256"].ToString(), HashAlgorithmName.SHA256, SHA256.HashSizeInBytes))
        {
            return digests;
        }

        digests.Dispose();
        return null;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var (hash, _) in _digests)
        {
            hash.AppendData(bytes);
        }
    }

    /// <summary>Tells, once the whole body was appended, whether it is what the client meant to send.</summary>
    public bool Match() => _digests.TrueForAll(digest => digest.Hash.GetHashAndReset().AsSpan().SequenceEqual(digest.Stated));

    public void Dispose() => _digests.ForEach(digest => digest.Hash.Dispose());

    private bool TryAdd(string header, HashAlgorithmName algorithm, int length)
    {
        if (header.Length == 0)
        {
            return true;
        }

        var stated = new byte[length];
        if (!Convert.TryFromBase64String(header, stated, out var written) || written != length)
        {
            return false;
        }

        _digests.Add((IncrementalHash.CreateHash(algorithm), stated));
        return true;
    }
}
