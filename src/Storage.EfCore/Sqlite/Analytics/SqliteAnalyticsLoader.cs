using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Options;
using Switchyard.Ingest;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>Loads files into one SQLite database for each tenant.</summary>
internal sealed class SqliteAnalyticsLoader(IOptions<SqliteAnalyticsOptions> options, TenantGates gates, TimeProvider timeProvider) : IAnalyticsLoader
{
    // How many records pass between two looks at the token and two reports of progress.
    private const int Stride = 4096;

    /// <inheritdoc/>
    public string Engine => "sqlite";

    /// <inheritdoc/>
    public async Task<AnalyticsLoadResult> LoadAsync(AnalyticsLoad load, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(load);
        var path = PathOf(load);
        using var entry = await gates.EnterAsync(path, cancellationToken).ConfigureAwait(false);
        if (AnalyticsDatabase.IsOther(path))
        {
            return Refuse("other_engine", "The tenant's analytics file was made by another engine and keeps it.");
        }

        using var database = await AnalyticsDatabase.BeginAsync(path, timeProvider, cancellationToken).ConfigureAwait(false);
        if (database.FindLoad(load.RunUid, load.Table) is { } before)
        {
            return new AnalyticsLoadResult.Loaded(before, path);
        }

        var stream = await load.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await LoadAsync(load, database, stream, path, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<AnalyticsLoadResult> LoadAsync(
        AnalyticsLoad load, AnalyticsDatabase database, Stream stream, string path, CancellationToken cancellationToken)
    {
        var source = new CsvSource(stream, options.Value.MaxRecordBytes);
        await using (source.ConfigureAwait(false))
        {
            try
            {
                var header = await source.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
                if (Fault(header) is { } fault)
                {
                    return fault;
                }

                var columns = ColumnNames.From(header!);
                if (!database.TryPrepareTable(load.Table, columns))
                {
                    return Refuse("too_many_columns", $"Together with its earlier files the table would have more than {ColumnNames.Most} columns.");
                }

                using var insert = new RowInsert(database.File, load.Table, columns, load.RunUid);
                var counts = await InsertAsync(source, insert, load.Progress, cancellationToken).ConfigureAwait(false);
                if (counts.Processed == counts.Skipped)
                {
                    return Refuse("no_rows", "The file has a header and no row.");
                }

                database.Commit(load.RunUid, load.Table, counts, timeProvider.GetUtcNow());
                load.Progress?.Report(counts);
                return new AnalyticsLoadResult.Loaded(counts, path);
            }
            catch (CsvFormatException exception)
            {
                var line = exception.LineNumber.ToString(CultureInfo.InvariantCulture);
                return Refuse("record_too_large", $"The record at line {line} is larger than {source.MaxRecordBytes} bytes; a quote may never be closed.");
            }
        }
    }

    private static AnalyticsLoadResult.Refused? Fault(IReadOnlyList<string>? header) => header switch
    {
        null => Refuse("header_not_utf8", "The header isn't UTF-8."),
        { Count: 0 } => Refuse("no_header", "The file is blank."),
        { Count: > ColumnNames.Most } => Refuse("too_many_columns", $"The header has more than {ColumnNames.Most} columns."),
        _ => null,
    };

    private static async Task<RecordCounts> InsertAsync(
        CsvSource source, RowInsert insert, IProgress<RecordCounts>? progress, CancellationToken cancellationToken)
    {
        var tally = new Tally(insert);
        while (await source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var state = source.Judge();
            if (state == CsvRecordState.Entangled)
            {
                source.Disentangle(tally.Take);
            }
            else
            {
                tally.Take(source.Current, source.Current.LineNumber, state);
            }

            if (tally.Counts.Processed % Stride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(tally.Counts);
            }
        }

        return tally.Counts;
    }

    private static AnalyticsLoadResult.Refused Refuse(string code, string message) => new(code, message);

    private string PathOf(AnalyticsLoad load)
    {
        if (!IsCode(load.Partner) || !IsCode(load.Tenant))
        {
            throw new ArgumentException("Codes of partner and tenant must be [A-Za-z0-9_-]{1,64}: they become a path.", nameof(load));
        }

        if (string.IsNullOrWhiteSpace(load.Table) || load.Table.Contains('\0') || load.Table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("The table's name is blank, or SQLite keeps it for itself.", nameof(load));
        }

        return Path.GetFullPath(Path.Combine(options.Value.Directory, load.Partner, $"{load.Tenant}.db"));
    }

    private static bool IsCode(string text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>Inserts what is good, and counts everything.</summary>
    private sealed class Tally(RowInsert insert)
    {
        private long _processed;
        private long _skipped;
        private long _failed;

        public RecordCounts Counts => new(_processed, _skipped, _failed);

        public void Take(CsvReader record, long line, CsvRecordState state)
        {
            _processed++;
            if (state == CsvRecordState.Good)
            {
                insert.Write(record, line);
            }
            else if (state == CsvRecordState.Blank)
            {
                _skipped++;
            }
            else
            {
                _failed++;
            }
        }
    }
}
