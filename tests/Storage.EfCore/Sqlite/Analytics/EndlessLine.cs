using System.Text;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>A stream that begins with a text and goes on with another, over and over.</summary>
internal sealed class EndlessLine(string begin, long length, string rest = "x", Action? halfway = null) : Stream
{
    private readonly byte[] _begin = Encoding.UTF8.GetBytes(begin);
    private readonly byte[] _rest = Encoding.UTF8.GetBytes(rest);
    private long _position;
    private bool _passed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!_passed && _position > 500_000)
        {
            _passed = true;
            halfway?.Invoke();
        }

        var read = (int)Math.Min(count, length - _position);
        for (var i = 0; i < read; i++, _position++)
        {
            buffer[offset + i] = _position < _begin.Length ? _begin[_position] : _rest[(_position - _begin.Length) % _rest.Length];
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
