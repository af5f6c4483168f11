using System.Collections.Concurrent;
using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    private const int Callers = 8;

    /// <summary>P-LE6: no job is handed to two callers.</summary>
    [Fact]
    public async Task Parallel_claimers_get_disjoint_jobs_and_together_all()
    {
        var ids = (await EnqueueAsync([.. Enumerable.Range(0, 120).Select(_ => NewRequest())])).Select(result => result.Id).ToArray();
        var claimed = new ConcurrentBag<ClaimedJob>();

        await InParallelAsync(async _ =>
        {
            IReadOnlyList<ClaimedJob> batch;
            do
            {
                batch = await ClaimAsync(max: 7, start: 3);
                Assert.True(batch.Count <= 7);
                Assert.True(batch.Count(job => job.Started) <= 3);
                foreach (var job in batch)
                {
                    claimed.Add(job);
                }
            }
            while (batch.Count > 0);
        });

        // A claimer may find all that is left locked by others, and stop; what it left is still there.
        var rest = await ClaimAsync(max: 200);
        Assert.Equal(ids.OrderBy(id => id.Value), claimed.Concat(rest).Select(job => job.Lease.JobId).OrderBy(id => id.Value));
    }

    /// <summary>A lost job has one new owner.</summary>
    [Fact]
    public async Task Parallel_claimers_take_a_lost_job_back_once()
    {
        var lost = await EnqueueAndClaimAsync();
        await PassLeaseAsync();
        var claimed = new ConcurrentBag<ClaimedJob>();

        await InParallelAsync(async _ =>
        {
            foreach (var job in await ClaimAsync())
            {
                claimed.Add(job);
            }
        });

        var only = Assert.Single(claimed.Concat(await ClaimAsync()));
        Assert.Equal((lost.JobId, 2), (only.Lease.JobId, only.Attempt));
        Assert.Equal(1, (await GetAsync(lost.JobId)).LeasesLost);
    }

    /// <summary>Of several outcomes under one lease, one is written.</summary>
    [Fact]
    public async Task Parallel_completions_of_one_lease_apply_once()
    {
        var lease = await EnqueueAndClaimAsync();
        var applied = new ConcurrentBag<JobRequest>();

        await InParallelAsync(async _ =>
        {
            var continuation = NewRequest();
            if ((await CompleteAsync(lease, JobState.Succeeded, continuation)).Status == CompletionStatus.Applied)
            {
                applied.Add(continuation);
            }
        });

        Assert.Equal([Assert.Single(applied).Id], IdsOf(await ClaimAsync()));
    }

    /// <summary>Of several enqueues with one dedupe key, one makes a job.</summary>
    [Fact]
    public async Task Parallel_enqueues_with_one_dedupe_key_make_one_job()
    {
        var results = new ConcurrentBag<EnqueueResult>();

        await InParallelAsync(async _ => results.Add((await EnqueueAsync(NewRequest() with { DedupeKey = "k" }))[0]));

        Assert.Equal(Callers, results.Count);
        Assert.Single(results, result => result.Created);
        Assert.Equal([Assert.Single(results.Select(result => result.Id).Distinct())], IdsOf(await ClaimAsync()));
    }

    /// <summary>Of several enqueues of one request, one makes a job.</summary>
    [Fact]
    public async Task Parallel_enqueues_of_one_request_make_one_job()
    {
        var request = NewRequest();
        var results = new ConcurrentBag<EnqueueResult>();

        await InParallelAsync(async _ => results.Add((await EnqueueAsync(request))[0]));

        Assert.All(results, result => Assert.Equal(request.Id, result.Id));
        Assert.Single(results, result => result.Created);
        Assert.Single(await ClaimAsync());
    }

    /// <summary>A cancel and a claim that meet leave one truth.</summary>
    [Fact]
    public async Task Cancel_that_races_a_claim_either_ends_the_job_or_asks_its_worker()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await EnqueueOneAsync();
            var cancel = Task.Run(() => Store.CancelAsync(id, Cancellation), Cancellation);
            var claim = Task.Run(() => ClaimAsync(), Cancellation);

            var outcome = await cancel;
            var claimed = (await claim).Concat(await ClaimAsync()).ToArray();

            var job = await GetAsync(id);
            if (outcome == CancelOutcome.Cancelled)
            {
                Assert.Empty(claimed);
                Assert.Equal(JobState.Cancelled, job.State);
            }
            else
            {
                Assert.Equal(CancelOutcome.Requested, outcome);
                Assert.Equal((JobState.Running, true), (job.State, job.CancelRequested));
                await CompleteAsync(Assert.Single(claimed).Lease, JobState.Cancelled);
            }
        }
    }

    private static Task InParallelAsync(Func<int, Task> body) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => body(caller), Cancellation)));
}
