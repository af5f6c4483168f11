namespace Switchyard.Ingest;

/// <summary>Represents a request to create a job, its types checked but nothing else.</summary>
public sealed record SubmitJob
{
    /// <summary>Gets the partner's code.</summary>
    public required string Partner { get; init; }

    /// <summary>Gets the tenant's code.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets the bundle's key.</summary>
    public required string Bundle { get; init; }

    /// <summary>Gets the school year as it was sent: four digits in the format of <see cref="IngestOptions.SchoolYearFormat"/>.</summary>
    public required string SchoolYear { get; init; }

    /// <summary>Gets the file names by file key.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Gets the parameters by name.</summary>
    public IReadOnlyDictionary<string, ParamValue> Params { get; init; } = new Dictionary<string, ParamValue>();

    /// <summary>Gets the <c>Idempotency-Key</c> header, where one was sent.</summary>
    public string? IdempotencyKey { get; init; }
}
