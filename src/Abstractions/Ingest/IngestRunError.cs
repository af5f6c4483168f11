namespace Switchyard.Ingest;

/// <summary>Represents an error of a run.</summary>
/// <param name="Code">A stable code, such as <c>executor_timeout</c>.</param>
/// <param name="Message">What happened, in words; shown to the client.</param>
/// <param name="Payload">What the executor sent along, a JSON text; kept, not shown.</param>
public sealed record IngestRunError(string Code, string Message, string? Payload = null);
