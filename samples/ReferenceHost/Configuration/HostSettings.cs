namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Represents everything that the environment says about this host.</summary>
internal sealed record HostSettings
{
    /// <summary>Gets the environment's name.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary>Gets whether the development issuer and other conveniences are on.</summary>
    public bool IsDevelopment => EnvironmentName == "Development";

    /// <summary>Gets the listening addresses.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Gets <c>PUBLIC_URL</c> without a slash at its end; <see langword="null"/> means the first listening address.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Gets the full path of the data directory, which exists.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Gets the database.</summary>
    public required DatabaseSettings Database { get; init; }

    /// <summary>Gets the master key.</summary>
    public required MasterKey MasterKey { get; init; }

    /// <summary>Gets whose tokens surface 1 accepts.</summary>
    public required TokenSettings IngestTokens { get; init; }

    /// <summary>Gets whether surface 1 trusts the host's own development issuer.</summary>
    public bool UsesDevIssuer => IsDevelopment && IngestTokens.Issuer is null;

    /// <summary>Gets the partners file; <see langword="null"/> means the built-in sample in Development, and none elsewhere.</summary>
    public string? PartnersFile { get; init; }

    /// <summary>Gets the folder of bundles or the <c>registry.json</c>; <see langword="null"/> means as with <see cref="PartnersFile"/>.</summary>
    public string? BundlesPath { get; init; }

    /// <summary>Gets what runs ingest jobs.</summary>
    public required ExecutorSettings Executor { get; init; }

    /// <summary>Gets the bucket for blobs; <see langword="null"/> means files in the data directory.</summary>
    public S3Settings? S3 { get; init; }

    /// <summary>Gets the largest single upload in bytes.</summary>
    public required long UploadMaxBytes { get; init; }

    /// <summary>Gets how this node works off jobs.</summary>
    public required WorkerSettings Worker { get; init; }

    /// <summary>Gets how surface 4 works.</summary>
    public required SchedulerSettings Scheduler { get; init; }

    /// <summary>Gets whether the development issuer signs tokens for surface 4: as long as anything is left to it.</summary>
    public bool SignsSchedulerTokens => IsDevelopment && Scheduler.JwtSecret is not null && (UsesDevIssuer || Scheduler.UsesDerivedSecret);

    /// <summary>Gets the folder of blobs that aren't on S3.</summary>
    public string BlobsFolder => Path.Combine(DataDirectory, "blobs");

    /// <summary>Gets the folder of the tenants' analytics databases.</summary>
    public string AnalyticsFolder => Path.Combine(DataDirectory, "analytics");

    /// <summary>Gets the folder of kept keys.</summary>
    public string KeysFolder => Path.Combine(DataDirectory, "keys");
}
