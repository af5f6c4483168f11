using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>The suite's own migrations; derived for each database.</summary>
public abstract class MigrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task<(Func<TestNode> NewNode, Func<ValueTask> Dispose)> CreateEmptyAsync();

    [Fact]
    public async Task Migrations_are_those_of_the_model()
    {
        var (newNode, dispose) = await CreateEmptyAsync();
        await using (var node = newNode())
        {
            var pending = await node.WithContextAsync(context =>
            {
                using var migrations = SwitchyardDialect.Of(context).CreateMigrationContext(context.Database.GetDbConnection());
                return Task.FromResult(migrations.Database.HasPendingModelChanges());
            });

            Assert.False(pending);
        }

        await dispose();
    }

    [Fact]
    public async Task Nodes_that_start_together_apply_each_migration_once()
    {
        var (newNode, dispose) = await CreateEmptyAsync();
        TestNode[] nodes = [.. Enumerable.Range(0, 5).Select(_ => newNode())];

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Provider.MigrateSwitchyardAsync<AppDbContext>(Cancellation))));
        await nodes[0].Provider.MigrateSwitchyardAsync<AppDbContext>(Cancellation);

        var (known, applied) = await nodes[0].WithContextAsync(async context =>
        {
            await using var migrations = SwitchyardDialect.Of(context).CreateMigrationContext(context.Database.GetDbConnection());
            return (migrations.Database.GetMigrations().ToArray(), (await migrations.Database.GetAppliedMigrationsAsync(Cancellation)).ToArray());
        });
        Assert.NotEmpty(known);
        Assert.Equal(known, applied);
        Assert.Null(await nodes[0].Jobs.GetTimeToNextAsync(["any"], Cancellation));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await dispose();
    }

    [Fact]
    public async Task Migration_that_is_cut_off_leaves_nothing_and_the_next_one_succeeds()
    {
        var (newNode, dispose) = await CreateEmptyAsync();
        await using (var node = newNode())
        {
            await node.WithContextAsync(async context =>
            {
                // What a killed process would leave: a transaction that never commits.
                await using var migrations = SwitchyardDialect.Of(context).CreateMigrationContext(context.Database.GetDbConnection());
                await context.Database.OpenConnectionAsync(Cancellation);
                await using var transaction = await migrations.Database.BeginTransactionAsync(Cancellation);
                await migrations.GetService<IHistoryRepository>().CreateIfNotExistsAsync(Cancellation);
                return true;
            });

            await node.MigrateAsync();

            Assert.Empty(await node.ReadNotesAsync());
        }

        await dispose();
    }

    [Fact]
    public async Task Users_migrations_leave_the_suites_tables_out_unless_asked()
    {
        var (newNode, dispose) = await CreateEmptyAsync();
        await using (var node = newNode())
        {
            var script = await node.WithContextAsync(context => Task.FromResult(context.Database.GenerateCreateScript()));

            Assert.Contains("app_notes", script, StringComparison.Ordinal);
            Assert.DoesNotContain("lease_token", script, StringComparison.Ordinal);
            Assert.DoesNotContain("ingest", script, StringComparison.Ordinal);
        }

        await dispose();
    }
}
