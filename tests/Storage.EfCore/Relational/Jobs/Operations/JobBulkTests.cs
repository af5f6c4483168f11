using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Storage.EfCore.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

public abstract class JobBulkTests : OperationsTests
{
    [Fact]
    public async Task Cancel_ends_queued_jobs_with_their_follow_ups_and_asks_the_workers_of_running_ones()
    {
        await Fixture.EnqueueAsync("a");
        var running = await Fixture.ClaimAsync("a");
        var queued = await Fixture.EnqueueAsync("a", 2, request => request with { OnFailure = new JobFollowUp("sorry", """{"n":1}""") });
        var other = await Fixture.EnqueueAsync("b");
        var woken = Fixture.Node.Signal.Count;

        var result = await Fixture.Admin.CancelAsync(new JobFilter { Kinds = ["a"] }, OperationsFixture.Options, Cancellation);
        var again = await Fixture.Admin.CancelAsync(new JobFilter { Kinds = ["a"] }, OperationsFixture.Options, Cancellation);

        Assert.Equal((3, 3), (result.Matched, result.Changed));
        Assert.Equal((0, 0), (again.Matched, again.Changed));
        var cancelled = (await Fixture.Jobs.FindAsync(queued[0], Cancellation))!;
        Assert.Equal(JobState.Cancelled, cancelled.State);
        Assert.NotNull(cancelled.FinishedAt);
        Assert.True(Assert.Single(await Fixture.Jobs.RenewAsync(running, TimeSpan.FromMinutes(1), Cancellation)).CancelRequested);
        Assert.Equal(JobState.Queued, (await Fixture.Jobs.FindAsync(other[0], Cancellation))!.State);
        var followUps = (await Fixture.Admin.QueryAsync(new JobFilter { Kinds = ["sorry"] }, null, 10, Cancellation)).Jobs;
        Assert.Equal(queued.Order(ById), followUps.Select(job => job.ParentId!.Value).Order(ById));
        Assert.True(Fixture.Node.Signal.Count > woken);
    }

    [Fact]
    public async Task Replay_makes_new_jobs_of_the_chain_each_due_later_than_the_one_before()
    {
        var ids = await Fixture.EndAsync("a", JobState.Failed, 3, request => request with { Priority = 7, MaxAttempts = 2, ConcurrencyKey = "k", Payload = $$"""{"id":"{{request.Id}}"}""" });

        var result = await Fixture.Admin.ReplayAsync(new JobFilter(), OperationsFixture.Options with { Stagger = TimeSpan.FromMinutes(5) }, Cancellation);

        Assert.Equal((3, 3), (result.Matched, result.Changed));
        var replays = (await Fixture.Admin.QueryAsync(new JobFilter { States = [JobState.Queued] }, null, 10, Cancellation)).Jobs;
        Assert.Equal(
            ids.OrderByDescending(id => id.ToString(), StringComparer.Ordinal),
            replays.OrderBy(job => job.AvailableAt).Select(job => job.ParentId!.Value));
        Assert.Equal([5, 10, 15], replays.Select(job => (job.AvailableAt - job.CreatedAt).TotalMinutes).Order());
        Assert.All(replays, job => Assert.Equal((job.ParentId, 7, 2, "k", $$"""{"id":"{{job.RootId}}"}"""), (job.RootId, job.Priority, job.MaxAttempts, job.ConcurrencyKey, job.Payload)));
    }

    [Fact]
    public async Task Job_is_replayed_once_and_a_follow_up_of_its_failure_is_no_replay()
    {
        var id = (await Fixture.EndAsync("a", JobState.DeadLetter, with: request => request with { OnFailure = new JobFollowUp("sorry", "{}") }))[0];
        Assert.Single((await Fixture.Admin.QueryAsync(new JobFilter { RootId = id, Kinds = ["sorry"] }, null, 10, Cancellation)).Jobs);

        var first = await Fixture.Admin.ReplayAsync(new JobFilter { RootId = id }, OperationsFixture.Options, Cancellation);
        var second = await Fixture.Admin.ReplayAsync(new JobFilter { RootId = id }, OperationsFixture.Options, Cancellation);

        Assert.Equal((1, 1), (first.Matched, first.Changed));
        Assert.Equal((0, 0), (second.Matched, second.Changed));
    }

    [Fact]
    public async Task Replay_obeys_dedupe_keys()
    {
        await Fixture.EndAsync("a", JobState.DeadLetter, with: request => request with { DedupeKey = "k" });
        await Fixture.EndAsync("a", JobState.DeadLetter, with: request => request with { DedupeKey = "k" });

        var result = await Fixture.Admin.ReplayAsync(new JobFilter(), OperationsFixture.Options, Cancellation);

        Assert.Equal((2, 1), (result.Matched, result.Changed));
        Assert.Single((await Fixture.Admin.QueryAsync(new JobFilter { States = [JobState.Queued] }, null, 10, Cancellation)).Jobs);
    }

    [Fact]
    public async Task Replay_that_dies_between_batches_has_done_a_part_and_repeating_it_does_the_rest()
    {
        await Fixture.EndAsync("a", JobState.DeadLetter, 700);
        var admin = NewAdmin(out var dies);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admin.ReplayAsync(new JobFilter(), OperationsFixture.Options, dies));

        Assert.Equal(500, await Fixture.CountAsync("select count(*) from {jobs} where state = 0"));
        Assert.Empty(await Fixture.Admin.ListOperationsAsync(10, Cancellation));
        var rest = await Fixture.Admin.ReplayAsync(new JobFilter(), OperationsFixture.Options, Cancellation);
        Assert.Equal((200, 200), (rest.Matched, rest.Changed));
        Assert.Equal(700, await Fixture.CountAsync("select count(distinct parent_id) from {jobs} where state = 0"));
        Assert.Equal(700, await Fixture.CountAsync("select count(*) from {jobs} where state = 0"));
        Assert.Equal(200, Assert.Single(await Fixture.Admin.ListOperationsAsync(10, Cancellation)).Changed);
    }

    [Fact]
    public async Task Cancel_that_dies_between_batches_has_done_a_part_and_repeating_it_does_the_rest()
    {
        await Fixture.EnqueueAsync("a", 1_200, request => request with { OnFailure = new JobFollowUp("sorry", "{}") });
        var admin = NewAdmin(out var dies);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admin.CancelAsync(new JobFilter { Kinds = ["a"] }, OperationsFixture.Options with { Max = 2_000 }, dies));

        await Fixture.AssertCountsAsync();
        Assert.Equal(500, await Fixture.CountAsync("select count(*) from {jobs} where state = 5"));
        var rest = await Fixture.Admin.CancelAsync(new JobFilter { Kinds = ["a"] }, OperationsFixture.Options with { Max = 2_000 }, Cancellation);
        Assert.Equal((700, 700), (rest.Matched, rest.Changed));
        Assert.Equal(1_200, await Fixture.CountAsync("select count(distinct parent_id) from {jobs} where kind = 'sorry'"));
        await Fixture.AssertCountsAsync();
    }

    [Fact]
    public async Task Discard_removes_ends_other_than_success_with_their_journals_up_to_the_cap()
    {
        await Fixture.EnqueueAsync("a", 3);
        var leases = await Fixture.ClaimAsync("a");
        await Fixture.Journal.WriteAsync([.. leases.Select(lease => new JobJournalEntry { Lease = lease, Attempt = 1 })], Cancellation);
        JobState[] states = [JobState.Failed, JobState.DeadLetter, JobState.Succeeded];
        await Fixture.Jobs.CompleteAsync([.. leases.Zip(states, (lease, state) => new JobCompletion { Lease = lease, State = state })], Cancellation);
        await Fixture.SettleAsync();

        var one = await Fixture.Admin.DiscardAsync(new JobFilter(), OperationsFixture.Options with { Max = 1 }, Cancellation);
        Assert.Equal((2, 1), (one.Matched, one.Changed));
        var rest = await Fixture.Admin.DiscardAsync(new JobFilter(), OperationsFixture.Options, Cancellation);

        Assert.Equal((1, 1), (rest.Matched, rest.Changed));
        Assert.Equal(JobState.Succeeded, Assert.Single((await Fixture.Admin.QueryAsync(new JobFilter(), null, 10, Cancellation)).Jobs).State);
        Assert.Equal(1, await Fixture.CountAsync("select count(*) from {job_journals}"));
        Assert.NotNull(await Fixture.Journal.FindAsync(leases[2].JobId, Cancellation));
        await Fixture.AssertCountsAsync();
    }

    private static Comparer<JobId> ById => Comparer<JobId>.Create((left, right) => left.Value.CompareTo(right.Value));

    /// <summary>Makes an admin whose caller dies after the first batch that has enqueued something.</summary>
    private EfJobAdmin<AppDbContext> NewAdmin(out CancellationToken dies)
    {
        var death = new CancellationTokenSource();
        dies = death.Token;
        return new EfJobAdmin<AppDbContext>(Fixture.Node.Provider.GetRequiredService<StoreSessions<AppDbContext>>(), TimeProvider.System, new DeadlySignal(death));
    }

    private sealed class DeadlySignal(CancellationTokenSource death) : IJobSignal
    {
        public void Set() => death.Cancel();

        public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
