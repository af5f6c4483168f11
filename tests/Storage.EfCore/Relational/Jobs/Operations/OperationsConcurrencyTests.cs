using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Storage.EfCore.PostgreSql.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

/// <summary>Several operators and nodes at once on one PostgreSQL.</summary>
public sealed class OperationsConcurrencyTests : OperationsTests
{
    private PostgreSqlDatabase? _database;

    private protected override async Task<OperationsFixture> CreateAsync()
    {
        (_database, var node) = await PostgreSqlOperations.CreateDatabaseAsync();
        return new OperationsFixture(node, _ => throw new NotSupportedException(), _database.DisposeAsync);
    }

    [Fact]
    public async Task Replays_of_the_same_jobs_at_once_make_one_new_job_of_each()
    {
        await Fixture.EndAsync("a", JobState.DeadLetter, 900);
        await using var other = new OperationsFixture(_database!.NewNode(), _ => Task.CompletedTask, () => ValueTask.CompletedTask);

        var results = await Task.WhenAll(((OperationsFixture[])[Fixture, other, Fixture, other])
            .Select(fixture => Task.Run(() => fixture.Admin.ReplayAsync(new JobFilter(), OperationsFixture.Options, Cancellation))));

        Assert.Equal(900, results.Sum(result => result.Changed));
        Assert.Equal(900, await Fixture.CountAsync("select count(*) from {jobs} where state = 0"));
        Assert.Equal(900, await Fixture.CountAsync("select count(distinct parent_id) from {jobs} where state = 0"));
        Assert.Equal(4, (await Fixture.Admin.ListOperationsAsync(10, Cancellation)).Count);
    }

    [Fact]
    public async Task Prunes_at_once_keep_as_many_as_they_shall_and_never_count_twice()
    {
        await Fixture.EndAsync("a", JobState.Succeeded, 600);
        await Fixture.EndAsync("a", JobState.Failed, 100);
        await Fixture.ExecuteAsync("insert into {job_tallies} (kind, state, count) select 'b', 3, n % 2 * 2 - 1 from generate_series(1, 400) n");

        var removed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Fixture.Maintenance.PruneAsync(new JobRetention { Ended = null, Failed = null, MaxCount = 250 }, 90, Cancellation))));

        Assert.Equal(450, removed.Sum());
        Assert.Equal(250, await Fixture.CountAsync("select count(*) from {jobs}"));
        await Fixture.AssertCountsAsync();
    }

    [Fact]
    public async Task Cancel_passes_over_a_locked_job_and_comes_back_to_it()
    {
        await Fixture.EnqueueAsync("a", 40);
        var leases = await Fixture.ClaimAsync("a", 20);
        Task<JobBulkResult>? cancel = null;
        await Fixture.WithSessionAsync(async session =>
        {
            // What a completion under way has locked: one running job.
            await using var transaction = await session.Context.Database.BeginTransactionAsync(Cancellation);
            await session.Command("update switchyard.jobs set available_at = available_at where id = @id").With("id", SqlType.Id, leases[0].JobId.Value).ExecuteAsync();
            cancel = Task.Run(() => Fixture.Admin.CancelAsync(new JobFilter(), OperationsFixture.Options, Cancellation));
            await Eventually.HoldsAsync(async () => await Fixture.CountAsync("select count(*) from {jobs} where state = 5 or cancel_requested") == 39, "all others are cancelled");
            Assert.False(cancel.IsCompleted);
            await transaction.CommitAsync(Cancellation);
            return true;
        });

        Assert.Equal((40, 40), ((await cancel!).Matched, (await cancel).Changed));
        Assert.Equal(20, await Fixture.CountAsync("select count(*) from {jobs} where cancel_requested and state = 1"));
        Assert.Equal(40, Assert.Single(await Fixture.Admin.ListOperationsAsync(10, Cancellation)).Changed);
    }

    [Fact]
    public async Task Cancel_while_workers_claim_and_complete_leaves_no_job_that_goes_on()
    {
        await Fixture.EnqueueAsync("a", 1_500);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var workers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => WorkAsync(stop.Token))).ToArray();

        var result = await Fixture.Admin.CancelAsync(new JobFilter { Kinds = ["a"] }, OperationsFixture.Options with { Max = 10_000 }, Cancellation);
        await stop.CancelAsync();
        await Task.WhenAll(workers);

        // Whatever is unfinished now was asked to stop; a worker that gives it back ends it.
        Assert.Equal(0, await Fixture.CountAsync("select count(*) from {jobs} where state = 0 or (state = 1 and not cancel_requested)"));
        Assert.InRange(result.Changed, 1, 1_500);
        Assert.Equal(1_500, await Fixture.CountAsync("select count(*) from {jobs}"));
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var leases = await Fixture.ClaimAsync("a", 20);
            await Fixture.Jobs.RenewAsync(leases, TimeSpan.FromMinutes(1), Cancellation);
            await Fixture.Jobs.CompleteAsync([.. leases.Reverse().Select(lease => new JobCompletion { Lease = lease, State = JobState.Succeeded })], Cancellation);
        }
    }
}
