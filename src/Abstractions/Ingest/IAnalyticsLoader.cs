namespace Switchyard.Ingest;

/// <summary>Loads delimited text into the analytics database of a tenant.</summary>
/// <remarks>
/// Rows, and a marker of (run, table) with their counts, are committed in one transaction of that database; a repeated call
/// finds the marker, adds nothing and answers with the counts of the first. Two calls for one tenant wait for each other.
/// </remarks>
public interface IAnalyticsLoader
{
    /// <summary>Gets the engine's name, such as <c>sqlite</c>.</summary>
    string Engine { get; }

    /// <summary>Loads one file: text columns named by its header, plus run and line. A file of more columns widens the table.</summary>
    /// <remarks>Blank lines are skipped; a line that is ragged or not UTF-8 counts as failed, and the rest is loaded.</remarks>
    Task<AnalyticsLoadResult> LoadAsync(AnalyticsLoad load, CancellationToken cancellationToken);
}

/// <summary>Represents a file to be loaded.</summary>
public sealed record AnalyticsLoad
{
    /// <summary>Gets the partner's code.</summary>
    public required string Partner { get; init; }

    /// <summary>Gets the tenant's code.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets the table, <c>{bundle}__{file key}</c>; the adapter quotes it.</summary>
    public required string Table { get; init; }

    /// <summary>Gets the run.</summary>
    public required Guid RunUid { get; init; }

    /// <summary>Gets what opens the file from its start; the adapter disposes of the stream.</summary>
    public required Func<CancellationToken, Task<Stream>> OpenAsync { get; init; }

    /// <summary>Gets where to report counts so far.</summary>
    public IProgress<RecordCounts>? Progress { get; init; }
}

/// <summary>Represents what became of a file to be loaded: one of the nested records.</summary>
public abstract record AnalyticsLoadResult
{
    private AnalyticsLoadResult()
    {
    }

    /// <summary>Represents a loaded file.</summary>
    /// <param name="Counts">What became of its records.</param>
    /// <param name="Location">Where the data lies, for people.</param>
    public sealed record Loaded(RecordCounts Counts, string Location) : AnalyticsLoadResult;

    /// <summary>Represents a file that can't be loaded at all; nothing was added.</summary>
    /// <param name="Code">A stable code, such as <c>no_rows</c>.</param>
    /// <param name="Message">Why, in words.</param>
    public sealed record Refused(string Code, string Message) : AnalyticsLoadResult;
}
