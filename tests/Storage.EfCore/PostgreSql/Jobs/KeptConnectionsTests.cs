using Microsoft.EntityFrameworkCore;
using Npgsql;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

/// <summary>Which connections the store keeps. None of these is pooled, so that one which isn't kept is closed.</summary>
public sealed class KeptConnectionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 4)]
    [InlineData("Maximum Pool Size=10", 2)]
    [InlineData("Maximum Pool Size=4", 0)]
    public void Most_of_the_pool_is_left_to_its_owner(string pool, int kept)
    {
        using var context = new AppDbContext(new DbContextOptionsBuilder<AppDbContext>().UseSwitchyardPostgreSql("Host=db;" + pool).Options);

        Assert.Equal(kept, SwitchyardDialect.Of(context).KeptConnections(context));
    }

    [Fact]
    public async Task Operations_share_a_connection_until_it_is_old()
    {
        var (database, node) = await NewNodeAsync("shared");
        await using var ofNode = node;
        await FindAsync(node);
        var first = Assert.Single(await BackendsAsync(database, "shared"));

        for (var i = 0; i < 5; i++)
        {
            await node.Jobs.EnqueueAsync([NewRequest()], Cancellation);
            await FindAsync(node);
        }

        Assert.Contains(first, await BackendsAsync(database, "shared"));
        database.Clock.Advance(TimeSpan.FromMinutes(11));
        await FindAsync(node);
        await FindAsync(node);
        await Eventually.HoldsAsync(async () => !(await BackendsAsync(database, "shared")).Contains(first), "the old connection is closed");
    }

    [Fact]
    public async Task Connections_that_nobody_needs_are_closed()
    {
        var (database, node) = await NewNodeAsync("surplus");
        await using var ofNode = node;
        await WhileLockedAsync(database, () => Task.WhenAll(FindAsync(node), FindAsync(node), FindAsync(node)), waiting: 3);
        Assert.Equal(3, (await BackendsAsync(database, "surplus")).Count);

        database.Clock.Advance(TimeSpan.FromSeconds(61));
        await FindAsync(node);
        await FindAsync(node);

        await Eventually.HoldsAsync(async () => (await BackendsAsync(database, "surplus")).Count == 1, "one connection is left");
    }

    [Fact]
    public async Task Killed_connections_fail_one_call_however_many_are_kept()
    {
        var (database, node) = await NewNodeAsync("killed");
        await using var ofNode = node;
        await WhileLockedAsync(database, () => Task.WhenAll(FindAsync(node), FindAsync(node), FindAsync(node)), waiting: 3);

        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'killed'");

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => FindAsync(node));
        await FindAsync(node);
        await Task.WhenAll(FindAsync(node), FindAsync(node), FindAsync(node));
    }

    [Fact]
    public async Task Connections_are_closed_with_the_container()
    {
        var (database, node) = await NewNodeAsync("ended");
        await FindAsync(node);
        Assert.Single(await BackendsAsync(database, "ended"));

        await node.DisposeAsync();

        await Eventually.HoldsAsync(async () => (await BackendsAsync(database, "ended")).Count == 0, "no connection is left");
    }

    private static async Task<(PostgreSqlDatabase Database, TestNode Node)> NewNodeAsync(string application)
    {
        var (database, migrator) = await PostgreSqlDatabase.CreateAsync();
        await migrator.DisposeAsync();
        return (database, new TestNode(options => options.UseSwitchyardPostgreSql($"{database.ConnectionString};Pooling=false;Application Name={application}"), database.Clock));
    }

    private static JobRequest NewRequest() => new() { Id = JobId.New(TimeProvider.System), Kind = "work", Payload = "{}" };

    private static Task<Job?> FindAsync(TestNode node) => node.Jobs.FindAsync(JobId.New(TimeProvider.System), Cancellation);

    private static Task<List<int>> BackendsAsync(PostgreSqlDatabase database, string application) =>
        database.QueryAsync<int>($"select pid from pg_stat_activity where application_name = '{application}'");

    /// <summary>Makes calls wait for the table, all at once, then lets go of it.</summary>
    private static async Task WhileLockedAsync(PostgreSqlDatabase database, Func<Task> calls, int waiting)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var command = new NpgsqlCommand("lock table switchyard.jobs in access exclusive mode", connection, transaction))
        {
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var called = calls();
        await Eventually.HoldsAsync(
            async () => (await database.QueryAsync<long>("select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())"))[0] == waiting,
            "the calls wait for the table");
        await transaction.CommitAsync(Cancellation);
        await called;
    }
}
