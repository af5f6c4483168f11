using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Switchyard.Storage.EfCore.Sqlite;

/// <summary>Carries the migrations of Switchyard's tables on SQLite; nothing else uses it.</summary>
internal sealed class SqliteMigrationContext(DbContextOptions<SqliteMigrationContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobs(inMigrations: true).AddIngest(inMigrations: true).AddScheduling(inMigrations: true);
}

/// <summary>Makes the context for <c>dotnet ef migrations add</c>.</summary>
internal sealed class SqliteMigrationContextFactory : IDesignTimeDbContextFactory<SqliteMigrationContext>
{
    public SqliteMigrationContext CreateDbContext(string[] args)
    {
        SqliteRuntime.Prepare();
        var options = new DbContextOptionsBuilder<SqliteMigrationContext>()
            .UseSwitchyardSqlite("Data Source=:memory:")
            .UseSqlite(sqlite => sqlite.MigrationsHistoryTable(SqliteDialect.HistoryTable));
        return new SqliteMigrationContext(options.Options);
    }
}
