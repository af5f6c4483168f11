using Switchyard.Jobs.Recurring;
using Xunit;

namespace Switchyard.Conformance.Recurring;

public abstract partial class RecurrenceStoreConformance
{
    /// <summary>Rows that touch the range are given in order, runs as one.</summary>
    [Fact]
    public async Task Ledger_is_read_by_range_and_runs_are_one_row()
    {
        var recurrence = await AddAsync(TimeSpan.FromMinutes(-10));
        var now = await GetNowAsync();
        var start = recurrence.NextAt!.Value;
        Occurrence[] rows =
        [
            Row(recurrence, start, now, OccurrenceOutcome.SkippedMisfire) with { LastAt = start + (2 * Minute), Count = 3 },
            Row(recurrence, start + (3 * Minute), now, OccurrenceOutcome.Coalesced) with { LastAt = start + (8 * Minute), Count = long.MaxValue },
            Row(recurrence, start + (9 * Minute), now, OccurrenceOutcome.SkippedOverlap),
            Row(recurrence, start + (10 * Minute), now),
        ];

        var tick = await Store.FireAsync(
            10, (_, _) => [Firing(recurrence, now + Minute) with { Occurrences = [.. rows.Select(row => new PlannedOccurrence(row, []))] }], Cancellation);

        Assert.Equal(1, tick.Fired);
        Assert.Equal(rows, await GetLedgerAsync(recurrence.Id));
        Assert.Equal(rows[1..3], await Store.ListOccurrencesAsync(recurrence.Id, start + (5 * Minute), start + (9 * Minute), 10, Cancellation));
        Assert.Equal(rows[1..2], await Store.ListOccurrencesAsync(recurrence.Id, start + (8 * Minute), start + (10 * Minute), 1, Cancellation));
        Assert.Empty(await Store.ListOccurrencesAsync(recurrence.Id, now + Minute, now + (2 * Minute), 10, Cancellation));
    }

    /// <summary>Old rows go first, some at a time; what is younger stays.</summary>
    [Fact]
    public async Task Ledger_is_pruned_from_its_oldest_row_on()
    {
        var recurrence = await AddAsync(TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
        {
            await TickAsync();
            await Fixture.AdvanceAsync(Minute);
        }

        Assert.Equal(2, await Store.PruneAsync(TimeSpan.FromMinutes(1.5), 2, Cancellation));
        Assert.Equal(Enumerable.Range(2, 3).Select(minute => recurrence.NextAt!.Value + (minute * Minute)), (await GetLedgerAsync(recurrence.Id)).Select(row => row.FirstAt));
        Assert.Equal(2, await Store.PruneAsync(TimeSpan.FromMinutes(1.5), 9, Cancellation));
        Assert.Equal([recurrence.NextAt!.Value + (4 * Minute)], (await GetLedgerAsync(recurrence.Id)).Select(row => row.FirstAt));
        Assert.Equal(0, await Store.PruneAsync(Minute, 9, Cancellation));
    }

    /// <summary>How far behind the firing is, is told.</summary>
    [Fact]
    public async Task Backlog_counts_what_is_due_and_since_when()
    {
        await AddAsync(Minute);
        await AddAsync(TimeSpan.FromMinutes(-9), one => one with { Enabled = false });
        Assert.Equal((0, null), await BacklogAsync());
        var now = await GetNowAsync();
        await AddAsync(TimeSpan.FromSeconds(-3));
        await AddAsync(TimeSpan.FromSeconds(-8));

        Assert.Equal((2, now.AddSeconds(-8)), await BacklogAsync());
        await TickAsync();
        Assert.Equal((0, null), await BacklogAsync());

        async Task<(int, DateTimeOffset?)> BacklogAsync()
        {
            var backlog = await Store.GetBacklogAsync(Cancellation);
            return (backlog.Due, backlog.OldestAt);
        }
    }

    /// <summary>P-SC2: callers at once never record an instant twice, nor miss one.</summary>
    [Fact]
    public async Task Ticks_at_once_give_each_instant_one_outcome()
    {
        var all = new List<Recurrence>();
        for (var i = 0; i < 40; i++)
        {
            all.Add(await AddAsync(TimeSpan.FromMinutes(-4)));
        }

        var fired = (await AtOnceAsync(8, async _ =>
        {
            var mine = 0;
            while (await Store.GetBacklogAsync(Cancellation) is { Due: > 0 })
            {
                mine += (await TickAsync(limit: 7)).Fired;
            }

            return mine;
        })).Sum();

        Assert.Equal(all.Count * 5, fired);
        foreach (var recurrence in all)
        {
            var ledger = await GetLedgerAsync(recurrence.Id);
            Assert.Equal(Enumerable.Range(0, 5).Select(minute => recurrence.NextAt!.Value + (minute * Minute)), ledger.Select(row => row.FirstAt));
        }
    }

    /// <summary>Who makes the same recurrence at once makes it once.</summary>
    [Fact]
    public async Task Recurrence_that_many_make_at_once_is_made_once()
    {
        var recurrence = NewRecurrence(await GetNowAsync() + Minute);
        var made = 0;

        var results = await AtOnceAsync(8, _ => Store.ChangeAsync(
            recurrence.Id, (due, _) => due is null ? new RecurrenceChange(recurrence) : Count(ref made), Cancellation));

        Assert.All(results, result => Assert.Equal(recurrence with { Revision = 1 }, result));
        Assert.Equal(7, made);

        static RecurrenceChange? Count(ref int count)
        {
            Interlocked.Increment(ref count);
            return null;
        }
    }

    /// <summary>G20: whatever comes first, an instant is of one definition, and none of the old one comes after the change.</summary>
    [Fact]
    public async Task Change_and_ticks_at_once_never_mix_definitions()
    {
        for (var round = 0; round < 10; round++)
        {
            var recurrence = await AddAsync(TimeSpan.FromMinutes(-3));
            var now = await GetNowAsync();

            await AtOnceAsync(4, index => index == 0
                ? Store.ChangeAsync(recurrence.Id, (due, _) => new RecurrenceChange(due!.Recurrence with { Enabled = false, NextAt = null }), Cancellation)
                : TickOnceAsync(recurrence));
            await TickAsync();

            Assert.All(await GetLedgerAsync(recurrence.Id), row => Assert.Equal((1, now), (row.Revision, row.RecordedAt)));
            Assert.Equal((false, null, 2L), await ReadAsync(recurrence.Id));
        }

        async Task<Recurrence?> TickOnceAsync(Recurrence recurrence)
        {
            await TickAsync();
            return recurrence;
        }

        async Task<(bool, DateTimeOffset?, long)> ReadAsync(Guid id)
        {
            var stored = await GetAsync(id);
            return (stored.Enabled, stored.NextAt, stored.Revision);
        }
    }
}
