using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

public abstract partial class JobMaintenanceConformance
{
    /// <summary>An empty store is well.</summary>
    [Fact]
    public async Task Store_without_jobs_has_nothing_to_report() => Assert.Equal(new JobStoreHealth(null, 0, 0), await HealthAsync());

    /// <summary>What waits longest tells how far behind the workers are.</summary>
    [Fact]
    public async Task Oldest_due_age_is_that_of_the_job_that_is_due_for_the_longest()
    {
        await EnqueueAsync(NewRequest() with { Delay = TimeSpan.FromSeconds(100) });
        await EnqueueAsync(NewRequest() with { Delay = TimeSpan.FromSeconds(30), Priority = -5 });
        Assert.Null((await HealthAsync()).OldestDueAge);

        await AdvanceAsync(40);
        Assert.Equal(TimeSpan.FromSeconds(10), (await HealthAsync()).OldestDueAge);
        await AdvanceAsync(100);
        Assert.Equal(TimeSpan.FromSeconds(110), (await HealthAsync()).OldestDueAge);

        // The two are claimed in the order of priority: the older one is the last.
        await EndAsync(Assert.Single(await ClaimAsync(1)).Lease);
        Assert.Equal(TimeSpan.FromSeconds(110), (await HealthAsync()).OldestDueAge);
        await ClaimAsync(1);
        Assert.Null((await HealthAsync()).OldestDueAge);
    }

    /// <summary>What a person paused is no sign of trouble.</summary>
    [Fact]
    public async Task Paused_kinds_are_left_out_of_the_oldest_due_age()
    {
        await EnqueueAsync(NewRequest());
        await AdvanceAsync(50);
        await EnqueueAsync(NewRequest(OtherKind));
        await AdvanceAsync(10);

        await Fixture.Kinds.PauseAsync(Kind, "ann", "why", Cancellation);
        Assert.Equal(TimeSpan.FromSeconds(10), (await HealthAsync()).OldestDueAge);
        await Fixture.Kinds.PauseAsync(OtherKind, "ann", "why", Cancellation);
        Assert.Null((await HealthAsync()).OldestDueAge);
        await Fixture.Kinds.ResumeAsync(Kind, "ann", "why", Cancellation);
        Assert.Equal(TimeSpan.FromSeconds(60), (await HealthAsync()).OldestDueAge);
    }

    /// <summary>Dead letters are those that are there.</summary>
    [Fact]
    public async Task Dead_letters_are_counted_until_they_are_gone()
    {
        await EndedAsync(JobState.DeadLetter);
        await EndedAsync(JobState.DeadLetter, NewRequest(OtherKind));
        await EndedAsync(JobState.Failed);

        Assert.Equal(2, (await HealthAsync()).DeadLetters);
        await Fixture.Admin.DiscardAsync(new JobFilter { Kinds = [OtherKind] }, new JobBulkOptions { Actor = "ann", Reason = "why" }, Cancellation);
        Assert.Equal(1, (await HealthAsync()).DeadLetters);
        await AdvanceAsync(91 * 86_400);
        await PruneAsync(new JobRetention());
        Assert.Equal(0, (await HealthAsync()).DeadLetters);
    }

    /// <summary>A crash loop shows while it lasts.</summary>
    [Fact]
    public async Task Suspects_are_unfinished_jobs_that_lost_their_last_lease()
    {
        await EnqueueAsync(NewRequest() with { MaxAttempts = 3 });
        await ClaimAsync();
        await AdvanceAsync(31);
        var again = Assert.Single(await ClaimAsync());
        Assert.Equal(1, (await HealthAsync()).Suspects);

        await EndAsync(again.Lease, JobState.Queued, "busy");
        Assert.Equal(0, (await HealthAsync()).Suspects);
        await ClaimAsync();
        await AdvanceAsync(31);
        await ClaimAsync();

        // The third attempt was the last: a dead letter is no suspect any more.
        Assert.Equal((1L, 0L), ((await HealthAsync()).DeadLetters, (await HealthAsync()).Suspects));
    }

    /// <summary>A claim that never ran is no crash.</summary>
    [Fact]
    public async Task Lost_claim_that_never_started_makes_no_suspect()
    {
        await EnqueueAsync(NewRequest());
        await ClaimAsync(1, start: 0);
        await AdvanceAsync(31);
        await ClaimAsync(1, start: 0);

        Assert.Equal(0, (await HealthAsync()).Suspects);
    }

    private Task<JobStoreHealth> HealthAsync() => Maintenance.GetHealthAsync(Cancellation);
}
