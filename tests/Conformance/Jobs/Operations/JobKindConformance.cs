using System.Collections.Concurrent;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

/// <summary>Proves a store of kinds: each test is an obligation of <see cref="IJobKindStore"/>, or of the claims that obey it.</summary>
public abstract partial class JobKindConformance : JobOperationsConformance
{
    private IJobKindStore Kinds => Fixture.Kinds;

    /// <summary>A pause holds on every node, for its kind alone.</summary>
    [Fact]
    public async Task Paused_kind_is_not_claimed_until_it_is_resumed_and_others_are()
    {
        var mine = await EnqueueAsync(NewRequest());
        var other = await EnqueueAsync(NewRequest(OtherKind));

        Assert.True(await PauseAsync());

        Assert.Empty(await ClaimAsync());
        Assert.Empty(await ClaimAsync(owner: "worker-2"));
        Assert.Equal(other, IdsOf(await Store.ClaimAsync(
            new ClaimRequest { Owner = "worker-1", Kinds = [Kind, OtherKind], MaxJobs = 10, StartAtOnce = 10, Lease = Lease }, Cancellation)));
        Assert.True(await ResumeAsync());
        Assert.Equal(mine, IdsOf(await ClaimAsync()));
    }

    /// <summary>What runs when a kind is paused is left alone.</summary>
    [Fact]
    public async Task Running_jobs_of_a_kind_that_is_paused_go_on_to_their_end()
    {
        await EnqueueAsync(NewRequests(3));
        var leases = (await ClaimAsync(3, start: 2)).Select(job => job.Lease).ToArray();

        await PauseAsync();

        Assert.Equal(3, (await Store.RenewAsync(leases, Lease, Cancellation)).Count);
        Assert.Equal([leases[2]], await Store.StartAsync([leases[2]], Cancellation));
        await EndAsync(leases[0]);
        await EndAsync(leases[1], JobState.Queued);
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>A pause may come before the first job.</summary>
    [Fact]
    public async Task Pause_of_a_kind_that_has_no_jobs_yet_holds_those_to_come()
    {
        await PauseAsync();
        await EnqueueAsync(NewRequest());

        Assert.Empty(await ClaimAsync());
    }

    /// <summary>The first to pause is the one to ask.</summary>
    [Fact]
    public async Task Kind_that_is_paused_keeps_who_paused_it_first_when_and_why()
    {
        var at = (await GetAsync((await EnqueueAsync(NewRequest()))[0])).CreatedAt;
        Assert.True(await PauseAsync("ann", "the target is down"));
        await AdvanceAsync(60);

        Assert.False(await PauseAsync("bob", "me too"));

        Assert.Equal(
            [new JobKind { Kind = Kind, Limits = JobKindLimits.None, PausedAt = at, PausedBy = "ann", PauseReason = "the target is down" }],
            await Kinds.ListAsync(Cancellation));
    }

    /// <summary>A resume leaves nothing of the pause.</summary>
    [Fact]
    public async Task Resume_of_a_kind_that_is_not_paused_changes_nothing()
    {
        Assert.False(await ResumeAsync());
        await PauseAsync();
        Assert.True(await ResumeAsync());
        Assert.False(await ResumeAsync());

        Assert.Empty(await Kinds.ListAsync(Cancellation));
    }

    /// <summary>Of several who pause at once, one did.</summary>
    [Fact]
    public async Task Parallel_pauses_have_one_author()
    {
        var authors = new ConcurrentBag<string>();

        await InParallelAsync(8, async caller =>
        {
            if (await PauseAsync($"actor-{caller}"))
            {
                authors.Add($"actor-{caller}");
            }
        });

        Assert.Equal(Assert.Single(authors), Assert.Single(await Kinds.ListAsync(Cancellation)).PausedBy);
    }

    /// <summary>Who and why, for ever.</summary>
    [Fact]
    public async Task Pause_and_resume_are_recorded_with_actor_reason_kind_and_time()
    {
        await PauseAsync("ann", "the target is down");
        await AdvanceAsync(60);
        await ResumeAsync("bob", "it is up again");

        var operations = await Fixture.Admin.ListOperationsAsync(10, Cancellation);

        Assert.Equal(
            [("resume", "bob", "it is up again", Kind, 0L), ("pause", "ann", "the target is down", Kind, 0L)],
            operations.Select(operation => (operation.Action, operation.Actor, operation.Reason, operation.Target, operation.Changed)));
        Assert.Equal(TimeSpan.FromSeconds(60), operations[0].At - operations[1].At);
        Assert.Equal(2, operations.Select(operation => operation.Id).Distinct().Count());
    }

    /// <summary>The list has what is set, and nothing else.</summary>
    [Fact]
    public async Task Kinds_with_limits_or_a_pause_are_listed_by_name()
    {
        var limits = new JobKindLimits { MaxRunning = 7, MaxRunningPerKey = 2, Rate = new JobRateLimit(100, TimeSpan.FromMinutes(1)) };
        await Kinds.SetLimitsAsync("c", limits, Cancellation);
        await Kinds.SetLimitsAsync("a", new JobKindLimits { MaxRunning = 1 }, Cancellation);
        await Kinds.PauseAsync("b", "ann", "why", Cancellation);
        await Kinds.PauseAsync("c", "ann", "why", Cancellation);
        await Kinds.SetLimitsAsync("d", limits, Cancellation);
        await Kinds.SetLimitsAsync("d", JobKindLimits.None, Cancellation);

        var kinds = await Kinds.ListAsync(Cancellation);

        Assert.Equal(
            [("a", new JobKindLimits { MaxRunning = 1 }, false), ("b", JobKindLimits.None, true), ("c", limits, true)],
            kinds.Select(kind => (kind.Kind, kind.Limits, kind.PausedAt is not null)));
    }

    /// <summary>New limits stand in place of the old ones, and a pause is none of theirs.</summary>
    [Fact]
    public async Task Set_limits_replace_those_before_and_leave_the_pause()
    {
        await PauseAsync("ann");
        await Kinds.SetLimitsAsync(Kind, new JobKindLimits { MaxRunning = 1 }, Cancellation);

        await Kinds.SetLimitsAsync(Kind, new JobKindLimits { MaxRunningPerKey = 4 }, Cancellation);

        var kind = Assert.Single(await Kinds.ListAsync(Cancellation));
        Assert.Equal((new JobKindLimits { MaxRunningPerKey = 4 }, "ann"), (kind.Limits, kind.PausedBy));
    }

    /// <summary>What is out of bounds is refused, and nothing is stored.</summary>
    [Theory]
    [InlineData("long kind")]
    [InlineData("none may run")]
    [InlineData("none may run by key")]
    [InlineData("no starts")]
    [InlineData("time too short")]
    [InlineData("time too long")]
    public async Task Limits_out_of_bounds_are_a_programmer_error(string what)
    {
        var limits = what switch
        {
            "none may run" => new JobKindLimits { MaxRunning = 0 },
            "none may run by key" => new JobKindLimits { MaxRunningPerKey = 0 },
            "no starts" => new JobKindLimits { Rate = new JobRateLimit(0, TimeSpan.FromSeconds(1)) },
            "time too short" => new JobKindLimits { Rate = new JobRateLimit(1, TimeSpan.FromMilliseconds(1) - TimeSpan.FromTicks(1)) },
            "time too long" => new JobKindLimits { Rate = new JobRateLimit(1, TimeSpan.FromDays(1) + TimeSpan.FromTicks(1)) },
            _ => new JobKindLimits { MaxRunning = 1 },
        };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Kinds.SetLimitsAsync(what == "long kind" ? new string('k', 129) : Kind, limits, Cancellation));

        Assert.Empty(await Kinds.ListAsync(Cancellation));
    }

    /// <summary>What is out of bounds is refused, and nothing is stored.</summary>
    [Theory]
    [InlineData(129, 1, 1)]
    [InlineData(1, 257, 1)]
    [InlineData(1, 1, 1025)]
    public async Task Pause_out_of_bounds_is_a_programmer_error(int kind, int actor, int reason)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Kinds.PauseAsync(new string('k', kind), new string('a', actor), new string('r', reason), Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Kinds.ResumeAsync(new string('k', kind), new string('a', actor), new string('r', reason), Cancellation));

        Assert.Empty(await Kinds.ListAsync(Cancellation));
        Assert.Empty(await Fixture.Admin.ListOperationsAsync(10, Cancellation));
    }

    /// <summary>Names as long as allowed are kept.</summary>
    [Fact]
    public async Task Names_of_the_greatest_length_are_kept_whole()
    {
        var (kind, actor, reason) = (new string('k', 128), new string('a', 256), new string('r', 1024));

        await Kinds.PauseAsync(kind, actor, reason, Cancellation);

        var paused = Assert.Single(await Kinds.ListAsync(Cancellation));
        Assert.Equal((kind, actor, reason), (paused.Kind, paused.PausedBy, paused.PauseReason));
        var operation = Assert.Single(await Fixture.Admin.ListOperationsAsync(1, Cancellation));
        Assert.Equal((kind, actor, reason), (operation.Target, operation.Actor, operation.Reason));
    }

    private Task<bool> PauseAsync(string actor = "ann", string reason = "why") => Kinds.PauseAsync(Kind, actor, reason, Cancellation);

    private Task<bool> ResumeAsync(string actor = "ann", string reason = "why") => Kinds.ResumeAsync(Kind, actor, reason, Cancellation);

    private Task LimitAsync(int? running = null, int? perKey = null, JobRateLimit? rate = null) =>
        Kinds.SetLimitsAsync(Kind, new JobKindLimits { MaxRunning = running, MaxRunningPerKey = perKey, Rate = rate }, Cancellation);
}
