namespace Switchyard.Ingest;

/// <summary>Represents the operational data store of one tenant for one school year.</summary>
public sealed record Ods
{
    /// <summary>Gets the tenant's code.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets the school year in Y1Y2 form, such as <c>2526</c>.</summary>
    public required string SchoolYear { get; init; }

    /// <summary>Gets the base URL.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the name of the variable that holds the client id; never the id itself.</summary>
    public string? ClientIdVariable { get; init; }

    /// <summary>Gets the name of the variable that holds the client secret; never the secret itself.</summary>
    public string? ClientSecretVariable { get; init; }

    /// <summary>Gets whether the store is out of use.</summary>
    public bool Retired { get; init; }
}
