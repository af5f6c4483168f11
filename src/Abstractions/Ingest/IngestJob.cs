namespace Switchyard.Ingest;

/// <summary>Represents an ingest job: a validated submission with its files. Immutable but for the freezing of its files.</summary>
public sealed record IngestJob
{
    /// <summary>Gets the identifier that clients see, a random UUID.</summary>
    public required Guid Uid { get; init; }

    /// <summary>Gets the partner's code.</summary>
    public required string Partner { get; init; }

    /// <summary>Gets the tenant's code.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets the bundle's key.</summary>
    public required string Bundle { get; init; }

    /// <summary>Gets the school year in Y1Y2 form.</summary>
    public required string SchoolYear { get; init; }

    /// <summary>Gets the parameters as they were given, by name.</summary>
    public required IReadOnlyDictionary<string, string> Params { get; init; }

    /// <summary>Gets the bundle's metadata as it was at creation, a JSON text.</summary>
    public required string BundleSnapshot { get; init; }

    /// <summary>Gets the prefix of the job's objects in the blob store, <c>jobs/{partner}/{tenant}/{uid}</c>.</summary>
    public required string StoragePrefix { get; init; }

    /// <summary>Gets who created the job.</summary>
    public required IngestClient Client { get; init; }

    /// <summary>Gets when the job was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the files, ordered by key.</summary>
    public required IReadOnlyList<IngestFile> Files { get; init; }

    /// <summary>Gets the runs, oldest first. Lists carry the last run alone.</summary>
    public IReadOnlyList<IngestRun> Runs { get; init; } = [];
}
