namespace Switchyard.Ingest;

/// <summary>Represents something that an executor reports about a run: one of the nested records.</summary>
public abstract record RunReport
{
    private RunReport()
    {
    }

    /// <summary>Reports a step of the executor's work, such as <c>earthmover_run</c> <c>success</c>.</summary>
    /// <param name="Action">The step.</param>
    /// <param name="State">How it stands: <c>begin</c>, <c>success</c> or <c>failure</c>, as the executor words it.</param>
    public sealed record Status(string Action, string State) : RunReport;

    /// <summary>Reports an error; the run goes on until it is ended.</summary>
    /// <param name="Detail">The error.</param>
    public sealed record Failure(IngestRunError Detail) : RunReport;

    /// <summary>Reports counts by resource, replacing those before.</summary>
    /// <param name="Json">The counts, a JSON text.</param>
    public sealed record Summary(string Json) : RunReport;

    /// <summary>Reports identifiers that couldn't be matched, replacing those before.</summary>
    /// <param name="Json">What was sent, a JSON text.</param>
    public sealed record UnmatchedIds(string Json) : RunReport;

    /// <summary>Reports the last of the executor's output, replacing what was before.</summary>
    /// <param name="Tail">At most 64 KiB.</param>
    public sealed record Log(string Tail) : RunReport;
}
