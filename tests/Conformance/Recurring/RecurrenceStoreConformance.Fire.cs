using Switchyard.Jobs.Recurring;
using Xunit;

namespace Switchyard.Conformance.Recurring;

public abstract partial class RecurrenceStoreConformance
{
    /// <summary>What is planned is stored as one: ledger, job, and the next instant.</summary>
    [Fact]
    public async Task Due_recurrence_fires_with_all_that_it_brings_about()
    {
        var recurrence = await AddAsync(TimeSpan.Zero, one => one with { CatchUpWindow = TimeSpan.FromSeconds(90), Template = """{"é":"\u0000"}""", MisfirePolicy = MisfirePolicy.FireAll });
        var now = await GetNowAsync();
        DueRecurrence? seen = null;

        var tick = await Store.FireAsync(10, (due, at) => [FireNext(seen = Assert.Single(due), at)], Cancellation);

        Assert.Equal(new RecurrenceTick(1, 1, now, now + Minute), tick);
        Assert.Equal((recurrence, false, now), (seen!.Recurrence, seen.Busy, seen.LookAt));
        Assert.Empty(seen.Targets);
        Assert.Equal(recurrence with { NextAt = now + Minute, LastAt = now }, await GetAsync(recurrence.Id));
        Assert.Equal([Row(recurrence, now, now)], await GetLedgerAsync(recurrence.Id));
        Assert.True(await HasJobAsync(recurrence.Id, now));
    }

    /// <summary>What isn't due is left alone, and when it will be is told.</summary>
    [Fact]
    public async Task Recurrence_that_is_not_due_or_not_enabled_is_not_taken()
    {
        var waiting = await AddAsync(TimeSpan.FromSeconds(5));
        await AddAsync(TimeSpan.FromSeconds(-5), one => one with { Enabled = false });
        await AddAsync(TimeSpan.Zero, one => one with { NextAt = null });
        var now = await GetNowAsync();

        Assert.Equal(new RecurrenceTick(0, 0, now, now + TimeSpan.FromSeconds(5)), await TickAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await TickAsync()).Taken);
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await TickAsync()).Fired);
        Assert.Single(await GetLedgerAsync(waiting.Id));
    }

    /// <summary>A limit takes those that have been due for the longest.</summary>
    [Fact]
    public async Task Longest_due_are_taken_first()
    {
        var youngest = await AddAsync(TimeSpan.FromSeconds(-1));
        var oldest = await AddAsync(TimeSpan.FromSeconds(-3));
        var middle = await AddAsync(TimeSpan.FromSeconds(-2));
        var taken = new List<Guid>();

        var tick = await Store.FireAsync(2, (due, now) => [.. due.Select(one => Take(one, now))], Cancellation);

        Assert.Equal((2, null), (tick.Taken, tick.NextAt));
        Assert.Equal([oldest.Id, middle.Id], taken);
        await Store.FireAsync(2, (due, now) => [.. due.Select(one => Take(one, now))], Cancellation);
        Assert.Equal(youngest.Id, taken[2]);

        RecurrenceFiring Take(DueRecurrence due, DateTimeOffset now)
        {
            taken.Add(due.Recurrence.Id);
            return FireNext(due, now);
        }
    }

    /// <summary>An instant has one outcome, whoever plans it again.</summary>
    [Fact]
    public async Task Row_that_is_in_the_ledger_is_left_out_with_its_effects()
    {
        var recurrence = await AddAsync(TimeSpan.Zero);
        var (now, other) = (await GetNowAsync(), await AddAsync(TimeSpan.FromHours(1)));
        await Store.FireAsync(10, (due, at) => [FireNext(due[0], at) with { NextAt = now }], Cancellation);

        var tick = await Store.FireAsync(
            10,
            (due, at) => [FireNext(due[0], at) with { Occurrences = [new PlannedOccurrence(Row(recurrence, now, at, OccurrenceOutcome.Coalesced) with { Count = 9 }, [NewJob(other, now)])] }],
            Cancellation);

        Assert.Equal((1, 0), (tick.Taken, tick.Fired));
        Assert.Equal([Row(recurrence, now, now)], await GetLedgerAsync(recurrence.Id));
        Assert.False(await HasJobAsync(other.Id, now));
        Assert.Equal(now + Minute, (await GetAsync(recurrence.Id)).NextAt);
    }

    /// <summary>A firing may say when to look again without moving on.</summary>
    [Fact]
    public async Task Recurrence_that_is_put_off_is_looked_at_when_the_firing_said()
    {
        var recurrence = await AddAsync(TimeSpan.Zero);
        var now = await GetNowAsync();
        var later = now + TimeSpan.FromSeconds(7);

        var tick = await Store.FireAsync(10, (_, _) => [Firing(recurrence, now) with { LookAt = later }], Cancellation);

        Assert.Equal(later, tick.NextAt);
        Assert.Equal(recurrence, await GetAsync(recurrence.Id));
        Assert.Equal(0, (await TickAsync()).Taken);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(7));
        DueRecurrence? seen = null;
        await Store.FireAsync(10, (due, at) => [FireNext(seen = due[0], at)], Cancellation);
        Assert.Equal((now, later), (seen!.Recurrence.NextAt, seen.LookAt));
    }

    /// <summary>What can't be stored whole isn't stored at all.</summary>
    [Fact]
    public async Task Failure_of_the_plan_or_of_an_effect_leaves_everything_as_it_was()
    {
        var (good, bad) = (await AddAsync(TimeSpan.Zero), await AddAsync(TimeSpan.Zero));
        var now = await GetNowAsync();

        await Assert.ThrowsAsync<FormatException>(() => Store.FireAsync(10, (_, _) => throw new FormatException("no such zone"), Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => Store.FireAsync(10, (due, at) => [.. due.Select(one => Spoil(one, at, new Jobs.UnknownEffect()))], Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.FireAsync(
            10, (due, at) => [.. due.Select(one => Spoil(one, at, NewJob(bad, at) with { Kind = new string('k', 129) }))], Cancellation));

        Assert.Equal([good, bad], [await GetAsync(good.Id), await GetAsync(bad.Id)]);
        Assert.Empty(await GetLedgerAsync(good.Id));
        Assert.Empty(await GetLedgerAsync(bad.Id));
        Assert.False(await HasJobAsync(good.Id, now));
        Assert.Equal(2, (await TickAsync()).Fired);

        RecurrenceFiring Spoil(DueRecurrence due, DateTimeOffset at, Switchyard.Jobs.JobEffect effect) => due.Recurrence.Id == good.Id
            ? FireNext(due, at)
            : FireNext(due, at) with { Occurrences = [new PlannedOccurrence(Row(bad, at, at), [effect])] };
    }

    /// <summary>A process takes what it knows how to fire.</summary>
    [Fact]
    public async Task Recurrences_of_other_kinds_are_left_to_others()
    {
        var foreign = await AddAsync(TimeSpan.FromSeconds(-9), one => one with { Kind = "elsewhere" });
        var own = await AddAsync(TimeSpan.Zero);

        var tick = await Store.FireAsync(1, ["conformance", "none"], (due, now) => [.. due.Select(one => FireNext(one, now))], Cancellation);

        Assert.Equal(1, tick.Taken);
        Assert.Single(await GetLedgerAsync(own.Id));
        Assert.Equal(foreign, await GetAsync(foreign.Id));
    }

    /// <summary>Whether work is unfinished is told where the policy asks, and nowhere else.</summary>
    [Theory]
    [InlineData(OverlapPolicy.Allow, false, false)]
    [InlineData(OverlapPolicy.Skip, false, true)]
    [InlineData(OverlapPolicy.BufferOne, false, true)]
    [InlineData(OverlapPolicy.Skip, true, false)]
    public async Task Unfinished_work_is_told(OverlapPolicy policy, bool isCancelled, bool expected)
    {
        var recurrence = await AddAsync(TimeSpan.Zero, one => one with { OverlapPolicy = policy });
        var now = await GetNowAsync();
        var job = NewJob(recurrence, now) with { ConcurrencyKey = DueRecurrence.ConcurrencyKeyOf(recurrence.Id) };
        await Fixture.Kernel.EnqueueAsync([job], Cancellation);
        if (isCancelled)
        {
            await Fixture.Kernel.CancelAsync(job.Id, Cancellation);
        }

        var seen = new List<bool>();
        await Store.FireAsync(10, (due, _) => [.. due.Select(Look)], Cancellation);
        await Store.ChangeAsync(recurrence.Id, (due, _) => Note(due!.Busy), Cancellation);

        Assert.Equal([expected, expected], seen);

        RecurrenceFiring Look(DueRecurrence due)
        {
            Note(due.Busy);
            return Firing(due.Recurrence, now + Minute);
        }

        RecurrenceChange? Note(bool busy)
        {
            seen.Add(busy);
            return null;
        }
    }
}
