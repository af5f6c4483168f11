using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Switchyard.Storage.EfCore.PostgreSql;

/// <summary>Carries the migrations of Switchyard's tables on PostgreSQL; nothing else uses it.</summary>
internal sealed class PostgreSqlMigrationContext(DbContextOptions<PostgreSqlMigrationContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddJobs(inMigrations: true).AddIngest(inMigrations: true).AddScheduling(inMigrations: true);
}

/// <summary>Makes the context for <c>dotnet ef migrations add</c>.</summary>
internal sealed class PostgreSqlMigrationContextFactory : IDesignTimeDbContextFactory<PostgreSqlMigrationContext>
{
    public PostgreSqlMigrationContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlMigrationContext>()
            .UseSwitchyardPostgreSql("Host=localhost;Database=switchyard")
            .UseNpgsql(npgsql => npgsql.MigrationsHistoryTable(PostgreSqlDialect.HistoryTable, PostgreSqlDialect.Schema));
        return new PostgreSqlMigrationContext(options.Options);
    }
}
