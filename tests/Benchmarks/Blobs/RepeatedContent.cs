using System.Net;

namespace Switchyard.Benchmarks.Blobs;

/// <summary>A body of any length that takes one megabyte of memory.</summary>
internal sealed class RepeatedContent : HttpContent
{
    private static readonly byte[] Chunk = MakeChunk();
    private readonly long _length;

    public RepeatedContent(long length)
    {
        _length = length;
        Headers.ContentLength = length;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var left = _length; left > 0; left -= Chunk.Length)
        {
            await stream.WriteAsync(Chunk.AsMemory(0, (int)Math.Min(left, Chunk.Length)));
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private static byte[] MakeChunk()
    {
        var chunk = new byte[1024 * 1024];
        System.Security.Cryptography.RandomNumberGenerator.Fill(chunk);
        return chunk;
    }
}
