using Npgsql;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

/// <summary>Enqueues that come while another commits: a lock on the table holds the first one up for as long as a test needs.</summary>
public sealed class GroupCommitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_that_come_during_a_commit_share_the_next_one_and_get_their_own_results()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        var first = NewRequest();
        var many = Enumerable.Range(0, 40).Select(_ => NewRequest()).ToArray();
        var twin = many[0] with { Payload = "[2]" };
        var keyed = NewRequest() with { DedupeKey = "k" };
        var again = NewRequest() with { DedupeKey = "k" };

        var calls = await WhileLockedAsync(database, () => node.Jobs.EnqueueAsync([first], Cancellation), () =>
            [.. many.Append(twin).Append(keyed).Append(again).Select(request => node.Jobs.EnqueueAsync([request], Cancellation))]);

        Assert.All(calls[..40].Zip(many), pair => Assert.Equal([new EnqueueResult(pair.Second.Id, Created: true)], pair.First.Result));
        Assert.Equal([new EnqueueResult(twin.Id, Created: false)], await calls[40]);
        Assert.Equal([new EnqueueResult(keyed.Id, Created: true)], await calls[41]);
        Assert.Equal([new EnqueueResult(keyed.Id, Created: false)], await calls[42]);
        Assert.Equal("{}", (await node.Jobs.FindAsync(twin.Id, Cancellation))!.Payload);
        Assert.Equal([2], await database.QueryAsync<long>("select count(distinct xmin::text) from switchyard.jobs"));
    }

    [Fact]
    public async Task Call_that_gives_up_while_it_waits_harms_no_other_and_stores_nothing()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        using var patience = new CancellationTokenSource();
        var gone = NewRequest();
        var stays = NewRequest();

        var calls = await WhileLockedAsync(database, () => node.Jobs.EnqueueAsync([NewRequest()], Cancellation), () =>
        {
            Task<IReadOnlyList<EnqueueResult>>[] waiting = [node.Jobs.EnqueueAsync([gone], patience.Token), node.Jobs.EnqueueAsync([stays], Cancellation)];
            patience.Cancel();
            return waiting;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[0]);
        Assert.True((await calls[1])[0].Created);
        Assert.Null(await node.Jobs.FindAsync(gone.Id, Cancellation));
        Assert.NotNull(await node.Jobs.FindAsync(stays.Id, Cancellation));
    }

    [Fact]
    public async Task Leader_that_gives_up_leaves_the_others_their_commit()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        using var patience = new CancellationTokenSource();
        Task<IReadOnlyList<EnqueueResult>>? leader = null;

        var calls = await WhileLockedAsync(database, () => leader = node.Jobs.EnqueueAsync([NewRequest()], patience.Token), () =>
        {
            Task<IReadOnlyList<EnqueueResult>>[] waiting = [node.Jobs.EnqueueAsync([NewRequest()], Cancellation)];
            patience.Cancel();
            return waiting;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader!);
        Assert.True((await calls[0])[0].Created);
    }

    [Fact]
    public async Task Request_that_the_database_refuses_fails_its_own_call_only()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        await database.ExecuteAsync("alter table switchyard.jobs add constraint no_bad check (payload <> 'bad')");
        var good = Enumerable.Range(0, 5).Select(_ => NewRequest()).ToArray();

        var calls = await WhileLockedAsync(database, () => node.Jobs.EnqueueAsync([NewRequest()], Cancellation), () =>
            [.. good.Select(request => node.Jobs.EnqueueAsync([request], Cancellation)), node.Jobs.EnqueueAsync([NewRequest() with { Payload = "bad" }], Cancellation)]);

        Assert.All(calls[..5], call => Assert.True(call.Result[0].Created));
        Assert.Equal("23514", (await Assert.ThrowsAsync<PostgresException>(() => calls[5])).SqlState);
        Assert.Equal([6L], await database.QueryAsync<long>("select count(*) from switchyard.jobs"));
    }

    private static JobRequest NewRequest() => new() { Id = JobId.New(TimeProvider.System), Kind = "work", Payload = "{}" };

    /// <summary>Makes the first call wait for a lock, makes others, lets go, and waits until all have ended, well or not.</summary>
    private static async Task<Task<IReadOnlyList<EnqueueResult>>[]> WhileLockedAsync(
        PostgreSqlDatabase database, Func<Task> first, Func<Task<IReadOnlyList<EnqueueResult>>[]> others)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var command = new NpgsqlCommand("lock table switchyard.jobs in exclusive mode", connection, transaction))
        {
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var leader = first();
        await Eventually.HoldsAsync(
            async () => (await database.QueryAsync<long>("select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())"))[0] == 1,
            "the first call waits for the table");
        var calls = others();
        await transaction.CommitAsync(Cancellation);
        await Task.WhenAll(calls.Append(leader).Select(call => call.ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default)));
        return calls;
    }
}
