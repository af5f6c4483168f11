using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

public abstract partial class JobAdminConformance
{
    /// <summary>As one cancel after the other.</summary>
    [Fact]
    public async Task Cancel_ends_what_is_queued_and_asks_for_what_runs()
    {
        var request = NewRequest() with { Priority = 1, OnFailure = new JobFollowUp(OtherKind, "[1]") };
        await EnqueueAsync(request, NewRequest());
        var running = Assert.Single(await ClaimAsync(1));
        var queued = await EnqueueAsync(request with { Id = JobId.New(TimeProvider.System), Delay = TimeSpan.FromHours(1) });
        var ended = await EndedAsync(JobState.Succeeded, NewRequest() with { Priority = 9 });
        await AdvanceAsync(5);

        var result = await Admin.CancelAsync(Mine, Options, Cancellation);

        Assert.Equal((3L, 3L), Figures(result));
        Assert.NotNull(result.OperationId);
        var job = await GetAsync(queued[0]);
        Assert.Equal((JobState.Cancelled, job.CreatedAt + TimeSpan.FromSeconds(5)), (job.State, job.FinishedAt));
        Assert.Equal((JobState.Running, true), ((await GetAsync(running.Lease.JobId)).State, (await GetAsync(running.Lease.JobId)).CancelRequested));
        Assert.Equal([new LeaseRenewal(running.Lease, CancelRequested: true)], await Store.RenewAsync([running.Lease], Lease, Cancellation));
        Assert.Equal(JobState.Succeeded, (await GetAsync(ended)).State);
        var followUp = Assert.Single(await ClaimAsync(kind: OtherKind));
        Assert.Equal(queued[0], (await GetAsync(followUp.Lease.JobId)).ParentId);
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>A worker that was asked once isn't asked again.</summary>
    [Fact]
    public async Task Running_jobs_that_were_asked_to_stop_do_not_qualify_again()
    {
        var lease = await EnqueueAndClaimAsync();
        await Store.CancelAsync(lease.JobId, Cancellation);

        Assert.Equal((0L, 0L), Figures(await Admin.CancelAsync(Mine, Options, Cancellation)));
    }

    /// <summary>Workers at work and a cancel of all leave one truth of each job.</summary>
    [Fact]
    public async Task Cancel_that_races_claims_reaches_every_job_once()
    {
        var ids = await EnqueueAsync(NewRequests(60));
        var claimers = InParallelAsync(4, async worker =>
        {
            for (var round = 0; round < 10; round++)
            {
                await ClaimAsync(3, owner: $"worker-{worker}");
            }
        });

        var result = await Admin.CancelAsync(Mine, Options, Cancellation);
        await claimers;

        Assert.Equal((60L, 60L), Figures(result));
        foreach (var id in ids)
        {
            var job = await GetAsync(id);
            Assert.True(job is { State: JobState.Cancelled } or { State: JobState.Running, CancelRequested: true }, $"{id} is {job.State}.");
        }
    }

    /// <summary>As one replay after the other.</summary>
    [Fact]
    public async Task Replay_enqueues_what_ended_other_than_by_success_as_new_jobs_of_the_same_chain()
    {
        var ids = new List<JobId>();
        foreach (var end in new[] { JobState.Failed, JobState.DeadLetter, JobState.Cancelled })
        {
            ids.Add(await EndedAsync(end, NewRequest() with { Payload = "[7]", Priority = 3, MaxAttempts = 2, ConcurrencyKey = "c", Timeout = TimeSpan.FromSeconds(9) }));
        }

        await EndedAsync(JobState.Succeeded);
        var old = await GetAsync(ids[0]);
        await AdvanceAsync(60);

        var result = await Admin.ReplayAsync(Mine, Options, Cancellation);

        Assert.Equal((3L, 3L), Figures(result));
        Assert.NotNull(result.OperationId);
        var replays = (await Admin.QueryAsync(Mine with { States = [JobState.Queued] }, null, 10, Cancellation)).Jobs;
        Assert.Equal(ids.OrderBy(id => id.Value), replays.Select(job => job.ParentId!.Value).OrderBy(id => id.Value));
        var replay = replays.Single(job => job.ParentId == ids[0]);
        var now = old.CreatedAt + TimeSpan.FromSeconds(60);
        Assert.Equal(
            new Job
            {
                Id = replay.Id, Kind = Kind, Payload = "[7]", State = JobState.Queued, Priority = 3, AvailableAt = now, MaxAttempts = 2, Timeout = old.Timeout,
                ConcurrencyKey = "c", RootId = old.RootId, ParentId = old.Id, CreatedAt = now, TraceParent = replay.TraceParent,
            },
            replay);
        Assert.Equal(old, await GetAsync(ids[0]));
        Assert.Equal(3, (await ClaimAsync()).Count);
    }

    /// <summary>Repeating a replay replays nothing twice, even when the replay has failed in its turn.</summary>
    [Fact]
    public async Task Replayed_job_does_not_qualify_again_and_its_failed_replay_does()
    {
        await EndedAsync(JobState.Failed);
        Assert.Equal((1L, 1L), Figures(await Admin.ReplayAsync(Mine, Options, Cancellation)));
        Assert.Equal((0L, 0L), Figures(await Admin.ReplayAsync(Mine, Options, Cancellation)));
        var replay = Assert.Single(await ClaimAsync()).Lease;
        await EndAsync(replay, JobState.DeadLetter);

        Assert.Equal((1L, 1L), Figures(await Admin.ReplayAsync(Mine, Options, Cancellation)));

        Assert.Equal(replay.JobId, (await GetAsync(Assert.Single(await ClaimAsync()).Lease.JobId)).ParentId);
    }

    /// <summary>A job that was replayed by itself was replayed.</summary>
    [Fact]
    public async Task Job_that_was_replayed_by_the_store_does_not_qualify()
    {
        var id = await EndedAsync(JobState.Failed);
        await Store.ReplayAsync(id, Cancellation);

        Assert.Equal((0L, 0L), Figures(await Admin.ReplayAsync(Mine, Options, Cancellation)));
    }

    /// <summary>A follow-up is no replay.</summary>
    [Fact]
    public async Task Failed_job_whose_follow_up_was_enqueued_still_qualifies()
    {
        var id = await EndedAsync(JobState.Failed, NewRequest() with { OnFailure = new JobFollowUp(OtherKind, "{}") });
        Assert.Equal(id, (await GetAsync(Assert.Single(await ClaimAsync(kind: OtherKind)).Lease.JobId)).ParentId);

        Assert.Equal((1L, 1L), Figures(await Admin.ReplayAsync(Mine, Options, Cancellation)));
        Assert.Equal((0L, 0L), Figures(await Admin.ReplayAsync(Mine, Options, Cancellation)));
    }

    /// <summary>What failed together doesn't come back together.</summary>
    [Fact]
    public async Task Stagger_spaces_the_due_times_of_replays_newest_first()
    {
        var failed = new List<JobId>();
        foreach (var request in NewRequests(4))
        {
            failed.Add(await EndedAsync(JobState.Failed, request));
        }

        await Admin.ReplayAsync(Mine, Options with { Stagger = TimeSpan.FromSeconds(10) }, Cancellation);

        var replays = (await Admin.QueryAsync(Mine with { States = [JobState.Queued] }, null, 10, Cancellation)).Jobs.OrderBy(job => job.AvailableAt).ToArray();
        Assert.Equal(failed.AsEnumerable().Reverse(), replays.Select(job => job.ParentId!.Value));

        // The first is due at once or after one interval; from there on each is one interval after the one before.
        Assert.Contains((replays[0].AvailableAt - replays[0].CreatedAt).TotalSeconds, new[] { 0d, 10d });
        Assert.All(replays.Zip(replays.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(10), pair.Second.AvailableAt - pair.First.AvailableAt));
    }

    /// <summary>A replay yields to the unfinished job that bears its key.</summary>
    [Fact]
    public async Task Replay_makes_no_second_unfinished_job_of_one_dedupe_key()
    {
        var older = await EndedAsync(JobState.Failed, NewRequest() with { DedupeKey = "k" });
        var newer = await EndedAsync(JobState.Failed, NewRequest() with { DedupeKey = "k" });

        Assert.Equal(1, (await Admin.ReplayAsync(Mine, Options, Cancellation)).Changed);
        Assert.Equal(0, (await Admin.ReplayAsync(Mine, Options, Cancellation)).Changed);

        var replay = Assert.Single(await ClaimAsync());
        Assert.Contains((await GetAsync(replay.Lease.JobId)).ParentId!.Value, new[] { older, newer });
    }

    /// <summary>Of several who replay at once, one replays each job.</summary>
    [Fact]
    public async Task Parallel_replays_enqueue_each_job_once()
    {
        await EnqueueAsync(NewRequests(20));
        foreach (var lease in await LeasesAsync())
        {
            await EndAsync(lease, JobState.Failed);
        }

        var changed = 0L;
        await InParallelAsync(4, async _ => Interlocked.Add(ref changed, (await Admin.ReplayAsync(Mine, Options, Cancellation)).Changed));

        var replays = (await Admin.QueryAsync(Mine with { States = [JobState.Queued] }, null, 100, Cancellation)).Jobs;
        Assert.Equal((20L, 20, 20), (changed, replays.Count, replays.Select(job => job.ParentId).Distinct().Count()));
    }

    /// <summary>Only what ended badly is removed, for good.</summary>
    [Fact]
    public async Task Discard_removes_what_ended_other_than_by_success_and_nothing_else()
    {
        var gone = new List<JobId>();
        foreach (var end in new[] { JobState.Failed, JobState.DeadLetter, JobState.Cancelled })
        {
            gone.Add(await EndedAsync(end));
        }

        var (succeeded, other) = (await EndedAsync(JobState.Succeeded), await EndedAsync(JobState.Failed, NewRequest(OtherKind)));
        var running = await EnqueueAndClaimAsync();
        var queued = await EnqueueAsync(NewRequest());

        var result = await Admin.DiscardAsync(Mine, Options, Cancellation);

        Assert.Equal((3L, 3L), Figures(result));
        Assert.NotNull(result.OperationId);
        foreach (var id in gone)
        {
            Assert.Null(await Store.FindAsync(id, Cancellation));
        }

        Assert.Equal(
            new[] { succeeded, other, running.JobId, queued[0] }.OrderByDescending(id => id.Value),
            (await Admin.QueryAsync(new JobFilter(), null, 10, Cancellation)).Jobs.Select(job => job.Id));
    }

    /// <summary>A job that is gone stands in nobody's way.</summary>
    [Fact]
    public async Task Discarded_job_frees_its_id_and_its_key()
    {
        var request = NewRequest() with { DedupeKey = "k", DedupeFor = TimeSpan.FromDays(1) };
        await EndedAsync(JobState.Failed, request);

        await Admin.DiscardAsync(Mine, Options, Cancellation);

        Assert.Equal([request.Id], await EnqueueAsync(request));
        Assert.Equal([request.Id], IdsOf(await ClaimAsync()));
    }
}
