using Npgsql;
using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.PostgreSql;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Selects PostgreSQL for a context that Switchyard stores its data in.</summary>
public static class SwitchyardPostgreSqlExtensions
{
    private static readonly PostgreSqlDialect Dialect = new();

    /// <summary>Uses a PostgreSQL database.</summary>
    /// <remarks>Where the string doesn't say otherwise: 64 statements prepared automatically, a keep-alive after 15 s of silence.</remarks>
    /// <param name="builder">The options of your context.</param>
    /// <param name="connectionString">The connection string, such as <c>Host=db;Database=app;Username=app</c>.</param>
    public static TBuilder UseSwitchyardPostgreSql<TBuilder>(this TBuilder builder, string connectionString)
        where TBuilder : DbContextOptionsBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);

        // Not ContainsKey, which says yes to every keyword there is.
        settings.MaxAutoPrepare = settings.ShouldSerialize("Max Auto Prepare") ? settings.MaxAutoPrepare : 64;
        settings.KeepAlive = settings.ShouldSerialize("Keepalive") ? settings.KeepAlive : 15;
        builder.UseNpgsql(settings.ConnectionString);
        SwitchyardDialect.Use(builder, Dialect);
        return builder;
    }

    /// <summary>Uses a PostgreSQL database through a data source that you have configured, and dispose of.</summary>
    /// <param name="builder">The options of your context.</param>
    /// <param name="dataSource">The data source. Set <c>Max Auto Prepare</c> and <c>Keepalive</c> on it yourself.</param>
    public static TBuilder UseSwitchyardPostgreSql<TBuilder>(this TBuilder builder, NpgsqlDataSource dataSource)
        where TBuilder : DbContextOptionsBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        builder.UseNpgsql(dataSource);
        SwitchyardDialect.Use(builder, Dialect);
        return builder;
    }
}
