using System.Text;

namespace Switchyard.Ingest.Command;

/// <summary>Keeps what a command says, cleared of secrets: the last of it in memory, all of it in a temporary file.</summary>
internal sealed class OutputLog : IAsyncDisposable
{
    public const int TailBytes = 64 * 1024;
    private const int MaxLine = 32 * 1024;
    private const long MaxBytes = 1L << 30;
    private readonly Redactor _redactor;
    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private readonly byte[] _tail = new byte[TailBytes];
    private long _written;

    public OutputLog(Redactor redactor)
    {
        _redactor = redactor;
        _file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"switchyard-{Guid.NewGuid():N}.log"), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, 16 * 1024, FileOptions.DeleteOnClose);
    }

    /// <summary>Gets the last 64 KiB, from the beginning of a character on.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
            {
                var length = (int)Math.Min(_written, TailBytes);
                var bytes = new byte[length];
                for (var i = 0; i < length; i++)
                {
                    bytes[i] = _tail[(_written - length + i) % TailBytes];
                }

                var start = 0;
                while (start < length && (bytes[start] & 0xC0) == 0x80)
                {
                    start++;
                }

                return Encoding.UTF8.GetString(bytes, start, length - start);
            }
        }
    }

    /// <summary>Reads a command's stream to its end, line by line; NULs and what isn't UTF-8 are replaced.</summary>
    public async Task PumpAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            for (var i = 0; i < count; i++)
            {
                line.Append(buffer[i] == '\0' ? '\uFFFD' : buffer[i]);
                if (buffer[i] == '\n' || IsCut(line))
                {
                    Write(line);
                }
            }
        }

        Write(line);
    }

    /// <summary>Gets all that was kept, from its start.</summary>
    public async Task<Stream> RewindAsync(CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
        _file.Position = 0;
        return _file;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // An over-long line is cut where no secret can be: tokens and signatures hold no blanks.
    private static bool IsCut(StringBuilder line) =>
        line.Length >= MaxLine && (char.IsWhiteSpace(line[^1]) || line.Length >= 2 * MaxLine);

    private void Write(StringBuilder line)
    {
        if (line.Length == 0)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(_redactor.Redact(line.ToString()));
        line.Clear();
        lock (_gate)
        {
            foreach (var value in bytes)
            {
                _tail[_written++ % TailBytes] = value;
            }

            if (_file.Length < MaxBytes)
            {
                _file.Write(bytes);
            }
        }
    }
}
