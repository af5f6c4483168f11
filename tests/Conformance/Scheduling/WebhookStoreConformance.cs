using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Proves a store of webhooks: each test is an obligation of <see cref="IWebhookStore"/>.</summary>
public abstract class WebhookStoreConformance : SchedulingConformance
{
    /// <summary>What was stored is found with its schedule.</summary>
    [Fact]
    public async Task Stored_webhook_is_found_with_its_schedule()
    {
        var schedule = await CreateScheduleAsync();
        var plain = NewWebhook(schedule.Id) with { SealedHeaders = null, QueryParams = null, BodyTemplate = null };
        var full = NewWebhook(schedule.Id) with { SealedOldSecret = "old", OldSecretUntil = Now.AddHours(24), DisabledAt = Now, DisabledReason = "gone" };
        await Webhooks.CreateAsync(plain, Cancellation);
        await Webhooks.CreateAsync(full, Cancellation);

        AssertSame(new WebhookWithSchedule(plain, schedule), await Webhooks.FindAsync(plain.Id, Cancellation));
        AssertSame(new WebhookWithSchedule(full, schedule), await Webhooks.FindAsync(full.Id, Cancellation));
        Assert.Null(await Webhooks.FindAsync(Guid.NewGuid(), Cancellation));
    }

    /// <summary>Nothing belongs to a schedule that isn't there.</summary>
    [Fact]
    public async Task Webhook_of_no_schedule_is_not_stored()
    {
        var webhook = NewWebhook(Guid.NewGuid());

        Assert.False(await Webhooks.CreateAsync(webhook, Cancellation));

        Assert.Null(await Webhooks.FindAsync(webhook.Id, Cancellation));
        Assert.Empty(await Webhooks.ListAsync(webhook.ScheduleId, Cancellation));
    }

    /// <summary>An id is given out once, and the first keeps it.</summary>
    [Fact]
    public async Task Id_that_is_taken_is_refused()
    {
        var (one, two) = (await CreateScheduleAsync(), await CreateScheduleAsync());
        var first = await CreateWebhookAsync(one.Id);

        await Assert.ThrowsAsync<ArgumentException>(() => Webhooks.CreateAsync(first with { ScheduleId = two.Id }, Cancellation));

        AssertSame(first, (await Webhooks.FindAsync(first.Id, Cancellation))!.Webhook);
        Assert.Empty(await TargetsAsync(two.Id));
    }

    /// <summary>A list has one order, which the recurrence's targets have too.</summary>
    [Fact]
    public async Task Webhooks_and_targets_are_listed_oldest_first()
    {
        var (schedule, other) = (await CreateScheduleAsync(), await CreateScheduleAsync());
        Webhook[] all = [NewWebhook(schedule.Id), NewWebhook(schedule.Id, age: 9), NewWebhook(schedule.Id), NewWebhook(schedule.Id, age: 5)];
        foreach (var webhook in all)
        {
            Assert.True(await Webhooks.CreateAsync(webhook, Cancellation));
        }

        await CreateWebhookAsync(other.Id);

        Webhook[] expected = [.. all.OrderBy(webhook => webhook.CreatedAt).ThenBy(webhook => webhook.Id)];
        AssertSame(expected, [.. await Webhooks.ListAsync(schedule.Id, Cancellation)]);
        Assert.Equal(expected.Select(webhook => webhook.Id), await TargetsAsync(schedule.Id));
    }

    /// <summary>A change is of the whole row, but for what the row is.</summary>
    [Fact]
    public async Task Change_stores_what_it_gives_and_keeps_id_schedule_and_age()
    {
        var schedule = await CreateScheduleAsync();
        var webhook = await CreateWebhookAsync(schedule.Id);
        var changed = webhook with
        {
            Url = "http://other.example", Method = "PUT", SealedHeaders = null, QueryParams = null, BodyTemplate = null, Timeout = TimeSpan.FromSeconds(1),
            SealedSecret = "new", SealedOldSecret = "sealed", OldSecretUntil = Now.AddDays(1), UpdatedAt = Now.AddSeconds(1),
        };

        AssertSame(changed, await Webhooks.ChangeAsync(webhook.Id, _ => changed with { Id = Guid.NewGuid(), ScheduleId = Guid.NewGuid(), CreatedAt = Now.AddDays(3) }, Cancellation));
        AssertSame(changed, (await Webhooks.FindAsync(webhook.Id, Cancellation))!.Webhook);
        Assert.Equal([webhook.Id], await TargetsAsync(schedule.Id));
        AssertSame(changed, await Webhooks.ChangeAsync(webhook.Id, _ => null, Cancellation));
        AssertSame(changed, (await Webhooks.FindAsync(webhook.Id, Cancellation))!.Webhook);
        Assert.Null(await Webhooks.ChangeAsync(Guid.NewGuid(), _ => throw new InvalidOperationException("Nothing is there to change."), Cancellation));
    }

    /// <summary>A change that fails leaves all as it was.</summary>
    [Fact]
    public async Task Change_that_throws_changes_nothing()
    {
        var schedule = await CreateScheduleAsync();
        var webhook = await CreateWebhookAsync(schedule.Id);

        await Assert.ThrowsAsync<NotSupportedException>(() => Webhooks.ChangeAsync(webhook.Id, _ => throw new NotSupportedException(), Cancellation));

        AssertSame(webhook, (await Webhooks.FindAsync(webhook.Id, Cancellation))!.Webhook);
    }

    /// <summary>A disabled webhook is no target, and is one again, at its old place, when it is enabled.</summary>
    [Fact]
    public async Task Disabled_webhook_is_no_target_until_it_is_enabled_again()
    {
        var schedule = await CreateScheduleAsync();
        var (older, newer, born) = (NewWebhook(schedule.Id, age: 9), NewWebhook(schedule.Id), NewWebhook(schedule.Id, age: 3) with { DisabledAt = Now });
        await Webhooks.CreateAsync(older, Cancellation);
        await Webhooks.CreateAsync(newer, Cancellation);
        await Webhooks.CreateAsync(born, Cancellation);
        Assert.Equal([older.Id, newer.Id], await TargetsAsync(schedule.Id));

        await Webhooks.ChangeAsync(older.Id, webhook => webhook with { DisabledAt = Now, DisabledReason = "410" }, Cancellation);
        Assert.Equal([newer.Id], await TargetsAsync(schedule.Id));

        await Webhooks.ChangeAsync(older.Id, webhook => webhook with { DisabledAt = null, DisabledReason = null }, Cancellation);
        Assert.Equal([older.Id, newer.Id], await TargetsAsync(schedule.Id));
    }

    /// <summary>What is deleted is no target; its past stays.</summary>
    [Fact]
    public async Task Deleted_webhook_is_gone_and_its_executions_stay()
    {
        var (schedule, webhook, execution) = await CreateFiringAsync();

        Assert.Equal(1, (await AtOnceAsync(4, _ => Webhooks.DeleteAsync(webhook.Id, Cancellation))).Count(deleted => deleted));

        Assert.Null(await Webhooks.FindAsync(webhook.Id, Cancellation));
        Assert.Empty(await TargetsAsync(schedule.Id));
        AssertSame(execution, await GetAsync(execution.Id));
        Assert.False(await Webhooks.DeleteAsync(webhook.Id, Cancellation));
    }

    /// <summary>Changes of one webhook see one another.</summary>
    [Fact]
    public async Task Concurrent_changes_are_made_one_after_another()
    {
        var webhook = await CreateWebhookAsync((await CreateScheduleAsync()).Id);

        await AtOnceAsync(8, _ => Webhooks.ChangeAsync(webhook.Id, one => one with { Timeout = one.Timeout + TimeSpan.FromSeconds(1) }, Cancellation));

        Assert.Equal(webhook.Timeout + TimeSpan.FromSeconds(8), (await Webhooks.FindAsync(webhook.Id, Cancellation))!.Webhook.Timeout);
    }

    /// <summary>A webhook that comes while its schedule goes is stored with it, or not at all.</summary>
    [Fact]
    public async Task Creation_against_the_deletion_of_the_schedule_leaves_nothing()
    {
        for (var round = 0; round < 8; round++)
        {
            var schedule = await CreateScheduleAsync();
            Webhook[] all = [.. Enumerable.Range(0, 4).Select(_ => NewWebhook(schedule.Id))];

            await AtOnceAsync(5, index => index == 4 ? Schedules.DeleteAsync(schedule.Id, Cancellation) : Webhooks.CreateAsync(all[index], Cancellation));

            Assert.Empty(await Webhooks.ListAsync(schedule.Id, Cancellation));
            foreach (var webhook in all)
            {
                Assert.Null(await Webhooks.FindAsync(webhook.Id, Cancellation));
            }
        }
    }
}
