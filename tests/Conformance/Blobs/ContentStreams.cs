namespace Switchyard.Conformance.Blobs;

/// <summary>A content that gives some bytes and then fails, as a client does that goes away.</summary>
internal sealed class FailingStream(int bytes) : ContentStream(bytes)
{
    public const string Message = "The content failed half-way.";

    protected override int AtEnd() => throw new InvalidDataException(Message);
}

/// <summary>A content during which its reader is told to give up.</summary>
internal sealed class CancellingStream(int bytes, CancellationTokenSource source) : ContentStream(bytes)
{
    protected override int AtEnd()
    {
        source.Cancel();
        source.Token.ThrowIfCancellationRequested();
        return 0;
    }
}

/// <summary>A content of some bytes, and what happens at their end.</summary>
internal abstract class ContentStream(int bytes) : Stream
{
    private int _left = bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var given = Math.Min(_left, count);
        _left -= given;
        return given > 0 ? given : AtEnd();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected abstract int AtEnd();
}
