namespace Switchyard.Ingest;

/// <summary>Represents one input file of a job.</summary>
public sealed record IngestFile
{
    /// <summary>Gets the key that the bundle knows the file by, such as <c>INPUT_FILE</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the file's name as the client gave it; shown, never used as a path.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the object that the client uploads to.</summary>
    public required string ObjectKey { get; init; }

    /// <summary>Gets the frozen copy that runs read; <see langword="null"/> until the first accepted start.</summary>
    public string? FrozenKey { get; init; }

    /// <summary>Gets the size in bytes of the frozen copy.</summary>
    public long? Size { get; init; }
}
