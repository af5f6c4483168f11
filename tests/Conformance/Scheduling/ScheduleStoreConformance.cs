using FsCheck.Fluent;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Proves a store of schedules: each test is an obligation of <see cref="IScheduleStore"/>.</summary>
public abstract partial class ScheduleStoreConformance : SchedulingConformance
{
    /// <summary>What was stored is found, and is a recurrence too.</summary>
    [Fact]
    public async Task Stored_schedule_is_found_with_its_recurrence()
    {
        Schedule? wanted = null;
        var stored = await Schedules.CreateAsync(now => wanted = NewSchedule(now), Cancellation);

        Assert.Equal(Now, wanted!.CreatedAt);
        AssertSame(wanted with { Recurrence = wanted.Recurrence with { Revision = 1 } }, stored);
        AssertSame(stored, await Schedules.FindAsync(wanted.Id, Cancellation));
        AssertSame(stored.Recurrence, await Fixture.Recurrences.FindAsync(wanted.Id, Cancellation));
        Assert.Null(await Schedules.FindAsync(Guid.NewGuid(), Cancellation));
    }

    /// <summary>An id is given out once, and the first keeps it.</summary>
    [Fact]
    public async Task Id_that_is_taken_is_refused()
    {
        var first = await CreateScheduleAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Schedules.CreateAsync(_ => first with { Name = "second" }, Cancellation));

        AssertSame(first, await Schedules.FindAsync(first.Id, Cancellation));
    }

    /// <summary>P-PG1, 2, 4, 5: a page is a slice of the one order, filtered, with the total of all.</summary>
    [Fact]
    public void Pages_of_schedules_are_slices_of_their_order() => ConformanceProperty.Holds(
        from rows in Gen.Choose(0, 5).ListOf(6)
        from enabled in Gen.Elements<bool?>(null, true, false)
        from page in PageOf.Gen
        select (Rows: rows, Enabled: enabled, Page: page),
        _ => [],
        [.. PageOf.Interesting, "filtered"],
        async value =>
        {
            var (account, all) = (Guid.NewGuid(), new List<Schedule>());
            foreach (var row in value.Rows)
            {
                all.Add(await CreateScheduleAsync(account, enabled: row % 2 == 0, age: row / 2));
            }

            Schedule[] expected = [.. all.Where(schedule => (value.Enabled ?? schedule.Recurrence.Enabled) == schedule.Recurrence.Enabled)
                .OrderBy(schedule => schedule.CreatedAt).ThenBy(schedule => schedule.Id)];
            var found = await Schedules.ListAsync(new ScheduleQuery(account, value.Enabled, value.Page.Skip, value.Page.Limit), Cancellation);
            AssertSame(value.Page.Of(expected), [.. found.Items]);
            Assert.Equal(expected.Length, found.Total);
            return new HashSet<string>(value.Page.Classes(expected.Length)) { value.Enabled is null ? "unfiltered" : "filtered" };
        },
        Fixture.PropertyCases);

    /// <summary>A change is of the whole schedule, but for what it is.</summary>
    [Fact]
    public async Task Change_stores_what_it_gives_and_keeps_account_and_age()
    {
        var schedule = await CreateScheduleAsync();
        var wanted = schedule with
        {
            Name = "other", Type = -1, UpdatedAt = Now.AddSeconds(1),
            Recurrence = schedule.Recurrence with { Expression = "1 * * * *", TimeZone = "UTC", Enabled = false, NextAt = null },
        };

        var changed = await Schedules.ChangeAsync(
            schedule.Id, (_, _, _) => new ScheduleChange(wanted with { AccountId = Guid.NewGuid(), CreatedAt = Now.AddDays(1) }), Cancellation);

        var expected = wanted with { Recurrence = wanted.Recurrence with { Revision = 2 } };
        AssertSame(expected, changed);
        AssertSame(expected, await Schedules.FindAsync(schedule.Id, Cancellation));
        AssertSame(expected, Assert.Single((await Schedules.ListAsync(new ScheduleQuery(schedule.AccountId, false, 0, 10), Cancellation)).Items));
        Assert.Empty((await Schedules.ListAsync(new ScheduleQuery(schedule.AccountId, true, 0, 10), Cancellation)).Items);
    }

    /// <summary>A change is told what is there, and may leave it.</summary>
    [Fact]
    public async Task Change_gets_what_is_there_and_may_leave_it()
    {
        var (schedule, webhook, _) = await CreateFiringAsync();
        (Schedule Schedule, DueRecurrence Due, DateTimeOffset Now)? given = null;

        var left = await Schedules.ChangeAsync(schedule.Id, (there, due, now) => { given = (there, due, now); return null; }, Cancellation);

        AssertSame(schedule, left);
        AssertSame(schedule, given!.Value.Schedule);
        AssertSame(new DueRecurrence(schedule.Recurrence, [webhook.Id], Busy: false) { LookAt = schedule.Recurrence.NextAt }, given.Value.Due);
        Assert.Equal(Now, given.Value.Now);
        Assert.Null(await Schedules.ChangeAsync(Guid.NewGuid(), (_, _, _) => throw new InvalidOperationException("Nothing is there."), Cancellation));
    }

    /// <summary>A change that fails leaves all as it was.</summary>
    [Fact]
    public async Task Change_that_throws_changes_nothing()
    {
        var schedule = await CreateScheduleAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => Schedules.ChangeAsync(schedule.Id, (_, _, _) => throw new NotSupportedException(), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Schedules.ChangeAsync(
            schedule.Id, (there, _, _) => new ScheduleChange(there with { Name = "other", Recurrence = there.Recurrence with { Id = Guid.NewGuid() } }), Cancellation));

        AssertSame(schedule, await Schedules.FindAsync(schedule.Id, Cancellation));
    }

    /// <summary>What was due before is recorded along, with its effects.</summary>
    [Fact]
    public async Task Change_stores_what_was_pending_with_its_executions_and_jobs()
    {
        var (schedule, webhook, _) = await CreateFiringAsync();
        var (due, job, execution) = (Now.AddMinutes(-3), NewJob(), NewExecution(schedule.Id, webhook.Id));
        var occurrence = new Occurrence { RecurrenceId = schedule.Id, FirstAt = due, LastAt = due, Outcome = OccurrenceOutcome.Fired, Revision = 1, RecordedAt = Now };
        var pending = new RecurrenceFiring
        {
            RecurrenceId = schedule.Id, NextAt = null, LastAt = Now, Occurrences = [new PlannedOccurrence(occurrence, [new ExecutionQueued(execution), job])],
        };

        var changed = await Schedules.ChangeAsync(schedule.Id, (there, _, _) => new ScheduleChange(there with { Name = "other" }, pending), Cancellation);

        Assert.Equal(("other", Now), (changed!.Name, changed.Recurrence.LastAt));
        AssertSame(execution, await GetAsync(execution.Id));
        Assert.NotNull(await Fixture.Kernel.FindAsync(job.Id, Cancellation));
        AssertSame([occurrence], await Fixture.Recurrences.ListOccurrencesAsync(schedule.Id, due, due, 10, Cancellation));
    }

    /// <summary>Changes of one schedule see one another.</summary>
    [Fact]
    public async Task Concurrent_changes_are_made_one_after_another()
    {
        var schedule = await CreateScheduleAsync();

        await AtOnceAsync(8, _ => Schedules.ChangeAsync(schedule.Id, (there, _, _) => new ScheduleChange(there with { Type = there.Type + 1 }), Cancellation));

        Assert.Equal(schedule.Type + 8, (await Schedules.FindAsync(schedule.Id, Cancellation))!.Type);
    }

    /// <summary>A tick stores what it fires for each webhook that is a target, with the jobs that deliver it.</summary>
    [Fact]
    public async Task Tick_stores_an_execution_and_a_job_for_each_target()
    {
        var (schedule, webhook, first) = await CreateFiringAsync();
        var second = await CreateWebhookAsync(schedule.Id);
        var fired = new Dictionary<Guid, JobRequest>();
        await Fixture.AdvanceAsync(TimeSpan.FromHours(2));

        var tick = await Fixture.Recurrences.FireAsync(10, (due, now) => [.. due.Select(one => Fire(one, now, fired))], Cancellation);

        Assert.Equal((1, 1), (tick.Taken, tick.Fired));
        var stored = (await ListAsync(schedule.Id)).Where(row => row.Id != first.Id).ToDictionary(row => row.WebhookId!.Value);
        AssertSame(new[] { webhook.Id, second.Id }.Order(), stored.Keys.Order());
        foreach (var row in stored.Values)
        {
            Assert.Equal((ExecutionStatus.Queued, schedule.Recurrence.NextAt!.Value, Now), (row.Status, row.ScheduledAt, row.CreatedAt));
            Assert.NotNull(await Fixture.Kernel.FindAsync(fired[row.Id].Id, Cancellation));
        }

        Assert.Equal((Now, Now.AddHours(1)), ((await Schedules.FindAsync(schedule.Id, Cancellation))!.Recurrence.LastAt, (await Schedules.FindAsync(schedule.Id, Cancellation))!.Recurrence.NextAt));
    }

    private static RecurrenceFiring Fire(DueRecurrence due, DateTimeOffset now, Dictionary<Guid, JobRequest> jobs)
    {
        var (id, at) = (due.Recurrence.Id, due.Recurrence.NextAt!.Value);
        Execution[] executions = [.. due.Targets.Select(target => (Target: target, Root: OccurrenceId.Of(id, at, target))).Select(one => new Execution
        {
            Id = one.Root, RootId = one.Root, ScheduleId = id, WebhookId = one.Target, ScheduledAt = at, CreatedAt = now,
        })];
        foreach (var execution in executions)
        {
            jobs.Add(execution.Id, NewJob());
        }

        var occurrence = new Occurrence { RecurrenceId = id, FirstAt = at, LastAt = at, Outcome = OccurrenceOutcome.Fired, RecordedAt = now };
        return new RecurrenceFiring
        {
            RecurrenceId = id, NextAt = now.AddHours(1), LastAt = now,
            Occurrences = [new PlannedOccurrence(occurrence, [.. executions.SelectMany(execution => new JobEffect[] { new ExecutionQueued(execution), jobs[execution.Id] })])],
        };
    }
}
