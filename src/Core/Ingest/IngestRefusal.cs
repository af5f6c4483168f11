namespace Switchyard.Ingest;

/// <summary>Represents why a request is refused. Nothing was stored.</summary>
/// <param name="Status">The HTTP status that says it best: 400, 401, 403, 404, 422, 500 or 503.</param>
/// <param name="Code">A stable code, such as <c>missing_required_files</c>.</param>
/// <param name="Message">What is wrong, in words, naming what offends; fit for the client.</param>
public sealed record IngestRefusal(int Status, string Code, string Message);
