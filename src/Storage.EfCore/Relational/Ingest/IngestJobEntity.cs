namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Represents the row of an ingest job.</summary>
internal sealed class IngestJobEntity
{
    public Guid Uid { get; set; }

    public string Partner { get; set; } = "";

    public string Tenant { get; set; } = "";

    public string Bundle { get; set; } = "";

    public string SchoolYear { get; set; } = "";

    public string Params { get; set; } = "";

    public string BundleSnapshot { get; set; } = "";

    public string StoragePrefix { get; set; } = "";

    public string ClientIssuer { get; set; } = "";

    public string? ClientId { get; set; }

    public string? ClientName { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Represents the row of an input file.</summary>
internal sealed class IngestFileEntity
{
    public Guid JobUid { get; set; }

    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    public string ObjectKey { get; set; } = "";

    public string? FrozenKey { get; set; }

    public long? Size { get; set; }
}

/// <summary>Represents the row of an idempotency key.</summary>
internal sealed class IngestKeyEntity
{
    public string Issuer { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string Key { get; set; } = "";

    public string BodyHash { get; set; } = "";

    public Guid JobUid { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
