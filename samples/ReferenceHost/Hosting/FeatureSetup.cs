using Microsoft.EntityFrameworkCore;
using Npgsql;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.ReferenceHost.Configuration;
using Switchyard.ReferenceHost.DevIssuer;
using Switchyard.Tokens;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Hands the host's settings on to the options of each feature.</summary>
internal static class FeatureSetup
{
    // More do no more work, and four nodes find room on a server with its default of a hundred.
    private const int MaxConnections = 24;

    /// <summary>Uses the database of the settings.</summary>
    public static void UseDatabase(this DbContextOptionsBuilder options, DatabaseSettings database)
    {
        if (database is DatabaseSettings.PostgreSql postgres)
        {
            // Nothing here outlives its transaction, so that a pooled connection needs no clean-up, which costs as much as a statement.
            options.UseSwitchyardPostgreSql(new NpgsqlConnectionStringBuilder(postgres.ConnectionString)
            {
                NoResetOnClose = true,
                MaxPoolSize = MaxConnections,
            }.ConnectionString);
        }
        else if (database is DatabaseSettings.Sqlite { Path: var path })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            options.UseSwitchyardSqlite($"Data Source=\"{path}\"");
        }
    }

    /// <summary>Trusts the issuer of the settings, or the host's own in Development.</summary>
    public static void Apply(this OidcIssuerOptions options, HostSettings settings, string publicUrl)
    {
        options.Issuer = settings.UsesDevIssuer ? publicUrl + DevIssuerEndpoints.Path : settings.IngestTokens.Issuer;
        options.Audience = settings.IngestTokens.Audience ?? publicUrl;
        options.AllowHttp = settings.IsDevelopment;
    }

    /// <summary>Sets this node's worker up.</summary>
    public static void Apply(this JobsOptions options, WorkerSettings worker)
    {
        options.Enabled = worker.Enabled;
        options.Concurrency = worker.Concurrency;
        options.LeaseDuration = worker.Lease;
    }

    /// <summary>Sets ingest up.</summary>
    public static void Apply(this IngestOptions options, HostSettings settings, string publicUrl)
    {
        options.Executor = settings.Executor.Kind;
        options.Command = settings.Executor.Command;
        options.TimeLimit = settings.Executor.Timeout;
        options.PublicUrl = new Uri(publicUrl);
        options.CallbackKey = settings.MasterKey.CallbackTokenKey();
        options.BundlesPath = settings.BundlesPath;
        options.PartnersFile = settings.PartnersFile;
        options.UseSample = settings.IsDevelopment;
        options.UploadMaxBytes = settings.UploadMaxBytes;
    }

    /// <summary>Adds blobs: S3 where a bucket is named, else files served by the host.</summary>
    public static void AddBlobs(this IServiceCollection services, HostSettings settings, string publicUrl)
    {
        if (settings.S3 is { } s3)
        {
            services.AddS3Blobs(options => (options.Bucket, options.Endpoint) = (s3.Bucket, s3.Endpoint));
            return;
        }

        services.AddFileSystemBlobs(options =>
        {
            options.Directory = settings.BlobsFolder;
            options.PublicUrl = new Uri(publicUrl);
            options.SigningKey = settings.MasterKey.BlobUrlKey();
        });
        services.AddBlobsApi();
    }

    /// <summary>Serves blobs where they are files of the host.</summary>
    public static void MapBlobs(this IEndpointRouteBuilder endpoints, HostSettings settings)
    {
        if (settings.S3 is null)
        {
            endpoints.MapBlobs();
        }
    }
}
