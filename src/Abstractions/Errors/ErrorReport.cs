namespace Switchyard.Errors;

/// <summary>Represents an error to be shown to a client: no internals, no secrets.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable machine-readable code, such as <c>missing_required_files</c>.</param>
/// <param name="Messages">What is wrong, in words; more than one where several things are.</param>
public sealed record ErrorReport(int Status, string Code, IReadOnlyList<string> Messages)
{
    /// <summary>Initializes a new instance of the <see cref="ErrorReport"/> class with one message.</summary>
    public ErrorReport(int status, string code, string message)
        : this(status, code, [message])
    {
    }

    /// <summary>Gets the trace id by which whoever operates the host finds the failure; set on 500 only.</summary>
    public string? TraceId { get; init; }
}
