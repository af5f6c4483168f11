namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Represents the row of a partner.</summary>
internal sealed class PartnerEntity
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";
}

/// <summary>Represents the row of a tenant.</summary>
internal sealed class PartnerTenantEntity
{
    public string Partner { get; set; } = "";

    public string Code { get; set; } = "";
}

/// <summary>Represents the row of a bundle that is enabled for a partner.</summary>
internal sealed class PartnerBundleEntity
{
    public string Partner { get; set; } = "";

    public string Bundle { get; set; } = "";
}

/// <summary>Represents the row of a tenant's data store.</summary>
internal sealed class PartnerOdsEntity
{
    public long Id { get; set; }

    public string Partner { get; set; } = "";

    public string Tenant { get; set; } = "";

    public string SchoolYear { get; set; } = "";

    public string Url { get; set; } = "";

    public string? ClientIdVariable { get; set; }

    public string? ClientSecretVariable { get; set; }

    public bool Retired { get; set; }
}
