using System.Text.Unicode;
using CsvHelper;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>Reads a file of comma-separated values record by record, in little memory, and says what each record is worth.</summary>
internal sealed class CsvSource : IAsyncDisposable
{
    private readonly CsvReader _reader;
    private bool _isMalformed;

    public CsvSource(Stream stream, int maxRecordBytes)
    {
        MaxRecordBytes = maxRecordBytes;
        _reader = CsvReader.Create(stream, Options(allowLineBreaks: true, () => _isMalformed = true) with { MaxRecordSize = maxRecordBytes }, leaveOpen: true);
    }

    /// <summary>Gets the largest record that is read.</summary>
    public int MaxRecordBytes { get; }

    /// <summary>Gets the reader, positioned on a record.</summary>
    public CsvReader Current => _reader;

    /// <summary>Gets the number of fields that a record must have.</summary>
    public int FieldCount { get; private set; }

    /// <summary>Reads the header: the first line that isn't blank.</summary>
    /// <returns>The fields, empty where there is none such; <see langword="null"/> where they aren't UTF-8.</returns>
    public async Task<IReadOnlyList<string>?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!IsBlank(_reader))
            {
                FieldCount = _reader.FieldCount;
                return Utf8.IsValid(_reader.RawRecord) ? [.. Enumerable.Range(0, FieldCount).Select(_reader.GetString)] : null;
            }
        }

        return [];
    }

    /// <summary>Advances to the next record.</summary>
    /// <exception cref="CsvFormatException">A record is larger than <see cref="MaxRecordBytes"/>.</exception>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _isMalformed = false;
        return _reader.ReadAsync(cancellationToken);
    }

    /// <summary>Judges the current record.</summary>
    public CsvRecordState Judge() =>
        IsBlank(_reader) ? CsvRecordState.Blank
        : _isMalformed && _reader.RawRecord.IndexOfAny((byte)'\n', (byte)'\r') >= 0 ? CsvRecordState.Entangled
        : Judge(_reader, FieldCount);

    /// <summary>Reads an entangled record again line by line, so that a quote that was never closed spoils its own line alone.</summary>
    /// <param name="visit">Gets each line with its number and worth.</param>
    public void Disentangle(Action<CsvReader, long, CsvRecordState> visit)
    {
        var first = _reader.LineNumber;
        var isMalformed = false;
        using var lines = CsvReader.Create(_reader.RawRecord.ToArray(), Options(allowLineBreaks: false, () => isMalformed = true));
        while (lines.Read())
        {
            var state = IsBlank(lines) ? CsvRecordState.Blank : isMalformed ? CsvRecordState.Broken : Judge(lines, FieldCount);
            visit(lines, first + lines.LineNumber - 1, state);
            isMalformed = false;
        }
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private static CsvRecordState Judge(CsvReader reader, int fieldCount) =>
        reader.FieldCount == fieldCount && Utf8.IsValid(reader.RawRecord) ? CsvRecordState.Good : CsvRecordState.Broken;

    private static bool IsBlank(CsvReader reader) => reader.RawRecord.TrimStart(" \t"u8).IsEmpty;

    private static CsvReaderOptions Options(bool allowLineBreaks, Action onMalformed) => new()
    {
        Separator = ',',
        HasHeader = false,
        SkipEmptyLines = false,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        AllowLineBreaksInQuotes = allowLineBreaks,
        OnMalformedRecord = _ => onMalformed(),
    };
}

/// <summary>Represents what a record of a file is worth.</summary>
internal enum CsvRecordState
{
    /// <summary>It has the header's number of fields, in UTF-8.</summary>
    Good,

    /// <summary>It holds nothing.</summary>
    Blank,

    /// <summary>It is ragged, or not UTF-8.</summary>
    Broken,

    /// <summary>It spans lines by quotes that don't match: it may hold good lines.</summary>
    Entangled,
}
