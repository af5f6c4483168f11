namespace Switchyard.Ingest.Callbacks;

/// <summary>Describes a run to the executor that runs it. It holds signed URLs and credentials: never log it.</summary>
public sealed record CallbackJob
{
    /// <summary>Gets the prefix of the job's objects, <c>jobs/{partner}/{tenant}/{uid}</c>.</summary>
    public required string AppDataBasePath { get; init; }

    /// <summary>Gets the names of the input objects below <c>input/</c>, by file key.</summary>
    public required IReadOnlyDictionary<string, string> InputFiles { get; init; }

    /// <summary>Gets a signed URL (GET) for each input file, by file key.</summary>
    public required IReadOnlyDictionary<string, Uri> InputUrls { get; init; }

    /// <summary>Gets a signed URL (PUT) for each output file that executors leave, by its name.</summary>
    public required IReadOnlyDictionary<string, Uri> OutputUrls { get; init; }

    /// <summary>Gets the parameters that the bundle knows, plus <c>API_YEAR</c>, the year in which the school year ends.</summary>
    public required IReadOnlyDictionary<string, string> InputParams { get; init; }

    /// <summary>Gets the bundle's key.</summary>
    public required string BundlePath { get; init; }

    /// <summary>Gets where to report.</summary>
    public required CallbackUrls AppUrls { get; init; }

    /// <summary>Gets the data store that the data goes to.</summary>
    public required AssessmentDatastore AssessmentDatastore { get; init; }
}

/// <summary>Represents where an executor reports.</summary>
/// <param name="Status">For steps.</param>
/// <param name="Error">For errors.</param>
/// <param name="Summary">For counts.</param>
/// <param name="UnmatchedIds">For identifiers that couldn't be matched.</param>
public sealed record CallbackUrls(Uri Status, Uri Error, Uri Summary, Uri UnmatchedIds);

/// <summary>Represents a data store with its credentials.</summary>
/// <param name="ApiYear">The year in which the school year ends.</param>
/// <param name="Url">The base URL.</param>
/// <param name="ClientId">The client id; <see langword="null"/> where the store names no variable.</param>
/// <param name="ClientSecret">The client secret; <see langword="null"/> where the store names no variable.</param>
public sealed record AssessmentDatastore(int ApiYear, string Url, string? ClientId, string? ClientSecret)
{
    /// <summary>Gets the URL alone, so that a record that is logged by mistake shows no secret.</summary>
    public override string ToString() => $"AssessmentDatastore {{ Url = {Url} }}";
}
