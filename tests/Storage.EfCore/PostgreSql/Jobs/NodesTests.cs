using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

/// <summary>Several nodes on one database, and a database that goes away under them.</summary>
public sealed class NodesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_claim_at_once_never_get_the_same_job()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await using var second = database.NewNode();
        var requests = NewRequests(400);
        await first.Jobs.EnqueueAsync(requests, Cancellation);

        var claimed = (await Task.WhenAll(ClaimAllAsync(first, "a"), ClaimAllAsync(second, "b"), ClaimAllAsync(first, "c"), ClaimAllAsync(second, "d")))
            .SelectMany(jobs => jobs).ToArray();

        Assert.Equal(requests.Select(request => request.Id.Value).Order(), claimed.Select(job => job.Lease.JobId.Value).Order());
        Assert.All(claimed, job => Assert.Equal(1, job.Lease.Token));
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Enqueue_on_one_node_wakes_the_other_also_after_its_connection_was_killed()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await using var ofFirst = first;
        await using var second = new TestNode(options => options.UseSwitchyardPostgreSql(database.ConnectionString + ";Application Name=listener"));
        await second.Listener.StartAsync(Cancellation);
        await WokenAsync(second, atLeast: 1, "the listener listens");

        var count = second.Signal.Count;
        await first.Jobs.EnqueueAsync(NewRequests(3), Cancellation);
        await WokenAsync(second, count + 1, "the notification has come");

        count = second.Signal.Count;
        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listener'");
        await WokenAsync(second, count + 1, "the listener listens again");

        count = second.Signal.Count;
        await first.Jobs.EnqueueAsync(NewRequests(1), Cancellation);
        await WokenAsync(second, count + 1, "the notification has come again");
        await second.Listener.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Enqueue_in_a_users_transaction_wakes_other_nodes_only_when_it_commits()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await using var ofFirst = first;
        await using var second = database.NewNode();
        await second.Listener.StartAsync(Cancellation);
        await WokenAsync(second, atLeast: 1, "the listener listens");
        var count = second.Signal.Count;

        await using (var scope = first.Provider.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync(NewRequests(1), Cancellation);
            Assert.Empty(await ClaimAllAsync(second, "b"));
            await transaction.CommitAsync(Cancellation);
        }

        await WokenAsync(second, count + 1, "the notification has come");
        Assert.Single(await ClaimAllAsync(second, "b"));
        await second.Listener.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Store_goes_on_after_its_connections_were_killed_and_loses_nothing()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        var requests = NewRequests(20);
        await node.Jobs.EnqueueAsync(requests, Cancellation);
        var claimed = await node.Jobs.ClaimAsync(Request("a", 20), Cancellation);

        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await SurvivesAsync(() => node.Jobs.RenewAsync([.. claimed.Select(job => job.Lease)], TimeSpan.FromMinutes(1), Cancellation));
        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        IReadOnlyList<CompletionResult> results = [];
        await SurvivesAsync(async () => results = await node.Jobs.CompleteAsync(
            [.. claimed.Select(job => new JobCompletion { Lease = job.Lease, State = JobState.Succeeded, Effects = [new NoteEffect(job.Lease.JobId.ToString())] })], Cancellation));

        Assert.All(results, result => Assert.Equal(new CompletionResult(CompletionStatus.Applied), result));
        Assert.Equal(requests.Select(request => request.Id.ToString()).Order(), (await node.ReadNotesAsync()).Order());
    }

    [Fact]
    public async Task Weak_durability_is_told()
    {
        var database = await PostgreSqlDatabase.CreateEmptyAsync();
        await using var node = new TestNode(options => options.UseSwitchyardPostgreSql(database.ConnectionString + ";Options=-c synchronous_commit=off"));

        var warnings = await node.WithContextAsync(async context =>
        {
            await context.Database.OpenConnectionAsync(Cancellation);
            return await SwitchyardDialect.Of(context).CheckAsync(context, Cancellation);
        });

        Assert.Contains("synchronous_commit is 'off'", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static JobRequest[] NewRequests(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new JobRequest { Id = JobId.New(TimeProvider.System), Kind = "work", Payload = "{}" })];

    private static ClaimRequest Request(string owner, int max) =>
        new() { Owner = owner, Kinds = ["work"], MaxJobs = max, StartAtOnce = max, Lease = TimeSpan.FromMinutes(1) };

    /// <summary>Claims until there is nothing left, seven at a time.</summary>
    private static async Task<List<ClaimedJob>> ClaimAllAsync(TestNode node, string owner)
    {
        var all = new List<ClaimedJob>();
        do
        {
            all.AddRange(await node.Jobs.ClaimAsync(Request(owner, 7), Cancellation));
        }
        while (await node.Jobs.GetTimeToNextAsync(["work"], Cancellation) == TimeSpan.Zero);
        return all;
    }

    /// <summary>Repeats a call as a worker does, until the pool has dropped its dead connections.</summary>
    private static Task SurvivesAsync(Func<Task> call) => Eventually.HoldsAsync(
        async () =>
        {
            try
            {
                await call();
                return true;
            }
            catch (DbException)
            {
                return false;
            }
        },
        "the store works again");

    private static Task WokenAsync(TestNode node, int atLeast, string what) => Eventually.HoldsAsync(() => node.Signal.Count >= atLeast, what);
}
