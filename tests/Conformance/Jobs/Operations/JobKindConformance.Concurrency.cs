using System.Collections.Concurrent;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

public abstract partial class JobKindConformance
{
    private const int Workers = 8;
    private const int Backlog = 120;
    private const int EnoughEmptyClaims = 5_000;
    private const string AnyKey = "any";

    /// <summary>The limit of a kind holds over all owners, at every instant.</summary>
    [Fact]
    public async Task Running_limit_is_held_by_many_claimers_of_several_owners()
    {
        await EnqueueAsync(NewRequests(Backlog));
        await LimitAsync(running: 5);

        await WorkOffAsync(_ => AnyKey, limit: 5);
    }

    /// <summary>The limit of a key holds over all owners, at every instant.</summary>
    [Fact]
    public async Task Limit_by_key_is_held_by_many_claimers_of_several_owners()
    {
        // Two thirds bear one key.
        var requests = NewRequests(Backlog, (request, index) => request with { ConcurrencyKey = index % 3 < 2 ? "crowd" : $"key-{index % 5}" });
        await EnqueueAsync(requests);
        await LimitAsync(perKey: 2);
        var keys = requests.ToDictionary(request => request.Id, request => request.ConcurrencyKey!);

        await WorkOffAsync(id => keys[id], limit: 2);
    }

    /// <summary>A rate is one for all owners.</summary>
    [Fact]
    public async Task Rate_is_held_by_many_claimers_of_several_owners()
    {
        await EnqueueAsync(NewRequests(Backlog));
        await LimitAsync(rate: new JobRateLimit(10, TimeSpan.FromHours(1)));
        var claimed = new ConcurrentBag<ClaimedJob>();

        await InParallelAsync(Workers, async worker =>
        {
            for (var round = 0; round < 5; round++)
            {
                foreach (var job in await ClaimAsync(3, owner: $"worker-{worker}"))
                {
                    claimed.Add(job);
                }
            }
        });

        // A claimer may find the rate or the jobs held by another, and get nothing; what it left is still there.
        Assert.InRange(claimed.Count, 1, 10);
        Assert.Equal(10, claimed.Count + (await ClaimAsync()).Count);
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>No claim that begins after a pause has returned takes a job, whatever else goes on.</summary>
    [Fact]
    public async Task Pause_holds_against_claimers_that_are_at_work()
    {
        await EnqueueAsync(NewRequests(Backlog));
        var paused = 0;
        var late = new ConcurrentBag<ClaimedJob>();
        var claimers = InParallelAsync(Workers, async worker =>
        {
            for (var after = 0; after < 3;)
            {
                var began = Volatile.Read(ref paused);
                after += began;
                foreach (var job in await ClaimAsync(1, owner: $"worker-{worker}"))
                {
                    // Given back, so that there is always something to claim.
                    await Store.ReleaseAsync([job.Lease], Cancellation);
                    if (began == 1)
                    {
                        late.Add(job);
                    }
                }
            }
        });

        await PauseAsync();
        Volatile.Write(ref paused, 1);
        await claimers;

        Assert.Empty(late);
    }

    /// <summary>Claims and completes until all is done, and counts what runs at once by key.</summary>
    private async Task WorkOffAsync(Func<JobId, string> keyOf, int limit)
    {
        var running = new ConcurrentDictionary<string, int>();
        var (done, broken) = (0, 0);
        await InParallelAsync(Workers, async worker =>
        {
            for (var empty = 0; Volatile.Read(ref done) < Backlog && Volatile.Read(ref broken) == 0 && empty < EnoughEmptyClaims;)
            {
                // A job is counted from after its claim to before its completion, so that the count is never above the truth.
                var claimed = await ClaimAsync(4, owner: $"worker-{worker}");
                empty = claimed.Count == 0 ? empty + 1 : 0;
                foreach (var job in claimed.Where(job => running.AddOrUpdate(keyOf(job.Lease.JobId), 1, (_, count) => count + 1) > limit))
                {
                    Interlocked.Increment(ref broken);
                }

                foreach (var job in claimed)
                {
                    running.AddOrUpdate(keyOf(job.Lease.JobId), 0, (_, count) => count - 1);
                    await EndAsync(job.Lease);
                    Interlocked.Increment(ref done);
                }
            }
        });

        Assert.Equal(0, broken);
        Assert.Equal(Backlog, done);
    }
}
