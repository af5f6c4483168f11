using Switchyard.Jobs.Recurring;
using Xunit;

namespace Switchyard.Conformance.Recurring;

public abstract partial class RecurrenceStoreConformance
{
    /// <summary>What was never stored isn't there.</summary>
    [Fact]
    public async Task Unknown_recurrence_is_none()
    {
        DueRecurrence? seen = null;

        Assert.Null(await Store.FindAsync(Guid.NewGuid(), Cancellation));
        Assert.Null(await Store.ChangeAsync(Guid.NewGuid(), (due, _) => (seen = due) is null ? null : new RecurrenceChange(null), Cancellation));
        Assert.Null(seen);
        Assert.Null(await Store.ChangeAsync(Guid.NewGuid(), (_, _) => new RecurrenceChange(null), Cancellation));
        Assert.Empty(await GetLedgerAsync(Guid.NewGuid()));
        Assert.Empty(await Store.ListRevisionsAsync(Guid.NewGuid(), DateTimeOffset.UnixEpoch, await GetNowAsync(), Cancellation));
    }

    /// <summary>Each definition has its number and its time.</summary>
    [Fact]
    public async Task Change_of_the_definition_raises_the_revision_and_keeps_the_one_before()
    {
        var first = await AddAsync(TimeSpan.FromHours(1));
        var begun = await GetNowAsync();
        await Fixture.AdvanceAsync(Minute);

        var second = await Store.ChangeAsync(
            first.Id, (due, now) => new RecurrenceChange(due!.Recurrence with { Expression = "0 * * * *", TimeZone = "Europe/Dublin", NextAt = now + Minute, Revision = 99 }), Cancellation);
        await Fixture.AdvanceAsync(Minute);
        var third = await Store.ChangeAsync(first.Id, (due, _) => new RecurrenceChange(due!.Recurrence with { Enabled = false, NextAt = null }), Cancellation);

        Assert.Equal(first with { Expression = "0 * * * *", TimeZone = "Europe/Dublin", NextAt = begun + (2 * Minute), Revision = 2 }, second);
        Assert.Equal(second! with { Enabled = false, NextAt = null, Revision = 3 }, third);
        Assert.Equal(third, await GetAsync(first.Id));
        RecurrenceRevision[] all =
        [
            new(1, begun, "* * * * *", "UTC", true), new(2, begun + Minute, "0 * * * *", "Europe/Dublin", true), new(3, begun + (2 * Minute), "0 * * * *", "Europe/Dublin", false),
        ];
        Assert.Equal(all, await Store.ListRevisionsAsync(first.Id, begun, begun + Minute + Minute, Cancellation));
        Assert.Equal(all[..1], await Store.ListRevisionsAsync(first.Id, begun, begun + (Minute / 2), Cancellation));
        Assert.Equal(all[1..2], await Store.ListRevisionsAsync(first.Id, begun + (1.2 * Minute), begun + (1.5 * Minute), Cancellation));
        Assert.Equal(all[2..], await Store.ListRevisionsAsync(first.Id, begun + (3 * Minute), begun + (9 * Minute), Cancellation));
    }

    /// <summary>A change of nothing changes nothing, not even what waits.</summary>
    [Fact]
    public async Task Same_definition_keeps_revision_and_what_is_put_off()
    {
        var recurrence = await AddAsync(TimeSpan.Zero);
        var now = await GetNowAsync();
        await Store.FireAsync(10, (_, _) => [Firing(recurrence, now) with { LookAt = now + Minute }], Cancellation);

        Assert.Equal(recurrence, await Store.ChangeAsync(recurrence.Id, (due, _) => new RecurrenceChange(due!.Recurrence), Cancellation));
        Assert.Equal(recurrence, await Store.ChangeAsync(recurrence.Id, (_, _) => null, Cancellation));

        Assert.Equal(0, (await TickAsync()).Taken);
        Assert.Single(await Store.ListRevisionsAsync(recurrence.Id, now, now, Cancellation));
    }

    /// <summary>What was due before a change has its outcome with the change.</summary>
    [Fact]
    public async Task Pending_instants_are_settled_with_the_change()
    {
        var recurrence = await AddAsync(TimeSpan.Zero);
        var now = await GetNowAsync();

        var changed = await Store.ChangeAsync(
            recurrence.Id, (due, at) => new RecurrenceChange(due!.Recurrence with { Expression = "0 0 * * *", NextAt = now + (5 * Minute) }, FireNext(due, at) with { LookAt = now }), Cancellation);

        Assert.Equal(recurrence with { Expression = "0 0 * * *", NextAt = now + (5 * Minute), LastAt = now, Revision = 2 }, changed);
        Assert.Equal([Row(recurrence, now, now)], await GetLedgerAsync(recurrence.Id));
        Assert.True(await HasJobAsync(recurrence.Id, now));
        Assert.Equal(new RecurrenceTick(0, 0, now, now + (5 * Minute)), await TickAsync());
    }

    /// <summary>A removal leaves nothing.</summary>
    [Fact]
    public async Task Removed_recurrence_is_gone_with_ledger_and_revisions()
    {
        var (gone, stays) = (await AddAsync(TimeSpan.Zero), await AddAsync(TimeSpan.Zero));
        await TickAsync();

        Assert.Null(await Store.ChangeAsync(gone.Id, (_, _) => new RecurrenceChange(null), Cancellation));

        Assert.Null(await Store.FindAsync(gone.Id, Cancellation));
        Assert.Empty(await GetLedgerAsync(gone.Id));
        Assert.Empty(await Store.ListRevisionsAsync(gone.Id, DateTimeOffset.UnixEpoch, await GetNowAsync(), Cancellation));
        await Fixture.AdvanceAsync(Minute);
        Assert.Equal(1, (await TickAsync()).Taken);
        Assert.Equal(2, (await GetLedgerAsync(stays.Id)).Count);
    }

    /// <summary>What breaks a rule is refused whole.</summary>
    [Fact]
    public async Task Recurrence_that_no_database_keeps_is_refused()
    {
        var good = await AddAsync(TimeSpan.FromHours(1));
        Recurrence[] wrong =
        [
            good with { Kind = new string('k', 65) }, good with { Expression = "" }, good with { Expression = new string('*', 1001) },
            good with { TimeZone = "" }, good with { CatchUpWindow = TimeSpan.FromSeconds(-1) },
        ];

        foreach (var one in wrong)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.ChangeAsync(good.Id, (_, _) => new RecurrenceChange(one), Cancellation));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => Store.ChangeAsync(good.Id, (_, _) => new RecurrenceChange(good with { Id = Guid.NewGuid() }), Cancellation));
        Assert.Equal(good, await GetAsync(good.Id));
    }

    /// <summary>Those of a kind are listed page by page.</summary>
    [Fact]
    public async Task Recurrences_of_a_kind_are_listed_in_pages()
    {
        var kind = $"list-{Guid.NewGuid():N}";
        var all = new List<Recurrence>();
        for (var i = 0; i < 5; i++)
        {
            all.Add(await AddAsync(Minute, one => one with { Kind = kind }));
            await AddAsync(Minute);
        }

        var first = await Store.ListAsync(kind, null, 3, Cancellation);
        var second = await Store.ListAsync(kind, first[^1].Id, 3, Cancellation);

        Assert.Equal((3, 2), (first.Count, second.Count));
        Assert.Equal(all.OrderBy(one => one.Id), [.. first, .. second]);
    }
}
