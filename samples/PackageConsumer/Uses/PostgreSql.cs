using Microsoft.EntityFrameworkCore;
using PackageConsumer.Snippets;

namespace PackageConsumer.Uses;

/// <summary>Builds the model for PostgreSQL; there is no server to talk to.</summary>
internal static class PostgreSql
{
    public static async Task<string> UseAsync()
    {
        var builder = Host.CreateBuilder();
        StorageEfCorePostgreSql.Add(builder);
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<AppDbContext>().Model;
        var tables = model.GetEntityTypes().Count(entity => entity.GetSchema() == "switchyard");
        Host.Require(tables > 5, "the suite's tables are in a schema of their own");
        return $"the model has {tables} tables in the schema switchyard";
    }
}
