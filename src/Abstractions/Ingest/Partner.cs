namespace Switchyard.Ingest;

/// <summary>Represents a partner: an organisation that submits jobs for its tenants.</summary>
public sealed record Partner
{
    /// <summary>Gets the code, <c>[A-Za-z0-9_-]{1,64}</c>, matched with its case.</summary>
    public required string Code { get; init; }

    /// <summary>Gets the name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the codes of its tenants; unique inside the partner only.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>Gets the keys of the bundles that are enabled for it, such as <c>assessments/ACT</c>.</summary>
    public IReadOnlyList<string> Bundles { get; init; } = [];

    /// <summary>Gets the data stores that its tenants' data goes to.</summary>
    public IReadOnlyList<Ods> Ods { get; init; } = [];
}
