namespace Switchyard.Ingest.Submission;

/// <summary>Decides whether what was uploaded is enough. Messages hold the names that the client gave, never our keys.</summary>
internal static class StartRules
{
    public static IngestRefusal? Files(IReadOnlyList<string> missing, IReadOnlyList<string> empty, IReadOnlyList<string> large) =>
        Refuse("files_not_uploaded", "Files were not found; upload them first", missing)
        ?? Refuse("files_empty", "Files are empty", empty)
        ?? Refuse("files_too_large", "Files are too large", large);

    private static IngestRefusal? Refuse(string code, string what, IReadOnlyList<string> names) =>
        OffendingKeys.List(names) is { } list ? new(400, code, $"{what}: {list}.") : null;
}
