using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Sqlite;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Selects SQLite for a context that Switchyard stores its data in.</summary>
public static class SwitchyardSqliteExtensions
{
    private static readonly SqliteDialect Dialect = new();
    private static readonly ConditionalWeakTable<TimeProvider, SqliteConnectionSetup> Setups = [];

    /// <summary>Uses a SQLite database, set to WAL, <c>synchronous=FULL</c>, foreign keys and five seconds of patience with a locked file.</summary>
    /// <param name="builder">The options of your context.</param>
    /// <param name="connectionString">The connection string, such as <c>Data Source=app.db</c>. The file's folder must exist.</param>
    /// <param name="timeProvider">The clock of leases and due times. The default is the system's.</param>
    public static TBuilder UseSwitchyardSqlite<TBuilder>(this TBuilder builder, string connectionString, TimeProvider? timeProvider = null)
        where TBuilder : DbContextOptionsBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        SqliteRuntime.Prepare();
        Configure(builder, connectionString, timeProvider ?? TimeProvider.System);
        return builder;
    }

    // A method of its own: SQLite's types are touched when it is compiled, which must come after the preparation.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Configure(DbContextOptionsBuilder builder, string connectionString, TimeProvider timeProvider)
    {
        // Thrown here with the string's own fault rather than at the first query.
        var checkedString = new SqliteConnectionStringBuilder(connectionString).ToString();
        builder.UseSqlite(checkedString);
        SwitchyardDialect.Use(builder, Dialect);
        builder.AddInterceptors(Setups.GetValue(timeProvider, static clock => new SqliteConnectionSetup(clock)));
    }
}
