using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Switchyard.Ingest;
using Switchyard.Storage.EfCore.Sqlite;
using Switchyard.Storage.EfCore.Sqlite.Analytics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the analytics databases of tenants on SQLite.</summary>
public static class SqliteAnalyticsBuilderExtensions
{
    /// <summary>Loads what jobs upload into one SQLite file for each tenant. Calling it again only configures.</summary>
    /// <param name="builder">The builder of ingest.</param>
    /// <param name="configure">Sets options.</param>
    public static IIngestBuilder UseSqliteAnalytics(this IIngestBuilder builder, Action<SqliteAnalyticsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SqliteRuntime.Prepare();
        if (builder.Services.All(service => service.ServiceType != typeof(TenantGates)))
        {
            builder.Services.AddOptions<SqliteAnalyticsOptions>()
                .Validate(options => !string.IsNullOrWhiteSpace(options.Directory), "SqliteAnalyticsOptions.Directory must name a folder, such as data/analytics.")
                .Validate(options => options.MaxRecordBytes is >= 1024 and <= 256 * 1024 * 1024, "SqliteAnalyticsOptions.MaxRecordBytes must be from 1024 to 268435456.")
                .ValidateOnStart();
        }

        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<TenantGates>();
        builder.Services.TryAddSingleton<IAnalyticsLoader>(provider => new SqliteAnalyticsLoader(
            provider.GetRequiredService<IOptions<SqliteAnalyticsOptions>>(), provider.GetRequiredService<TenantGates>(), provider.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
