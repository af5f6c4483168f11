using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore.Blobs;

/// <summary>The body of an upload, which ends the write when it is longer than the URL allows or not what the client stated.</summary>
internal sealed class UploadBody(Stream body, long maxBytes, StatedDigests digests) : Stream
{
    private long _read;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        if (count > 0)
        {
            _read += count;
            digests.Append(buffer.Span[..count]);
        }

        if (_read > maxBytes)
        {
            throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge);
        }

        if (count == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            return digests.Match() ? 0 : throw new UploadRefusedException(StatusCodes.Status400BadRequest);
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read a request's body asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
