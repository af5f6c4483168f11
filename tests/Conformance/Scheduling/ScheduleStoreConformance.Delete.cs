using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

public abstract partial class ScheduleStoreConformance
{
    /// <summary>A schedule takes all that is its along, and nothing else.</summary>
    [Fact]
    public async Task Deleted_schedule_takes_recurrence_ledger_webhooks_and_executions_along()
    {
        var account = Guid.NewGuid();
        var (schedule, webhook, execution) = await CreateFiringAsync(account);
        var (other, otherHook, kept) = await CreateFiringAsync(account);
        await ApplyAsync(End(execution.RootId, ExecutionStatus.Failure, retryAt: Now.AddMinutes(1)));
        var occurrence = new Occurrence { RecurrenceId = schedule.Id, FirstAt = Now, LastAt = Now, Outcome = OccurrenceOutcome.SkippedMisfire, RecordedAt = Now };
        await Schedules.ChangeAsync(
            schedule.Id,
            (there, _, _) => new ScheduleChange(there, new RecurrenceFiring { RecurrenceId = there.Id, NextAt = null, Occurrences = [new PlannedOccurrence(occurrence, [])] }),
            Cancellation);

        Assert.Equal(1, (await AtOnceAsync(4, _ => Schedules.DeleteAsync(schedule.Id, Cancellation))).Count(deleted => deleted));

        Assert.Null(await Schedules.FindAsync(schedule.Id, Cancellation));
        Assert.Null(await Fixture.Recurrences.FindAsync(schedule.Id, Cancellation));
        Assert.Empty(await Fixture.Recurrences.ListOccurrencesAsync(schedule.Id, Now.AddDays(-1), Now.AddDays(1), 10, Cancellation));
        Assert.Null(await Webhooks.FindAsync(webhook.Id, Cancellation));
        Assert.Null(await Executions.FindAsync(execution.Id, Cancellation));
        Assert.Empty(await ListAsync(schedule.Id));
        AssertSame(kept, await GetAsync(kept.Id));
        Assert.Equal([otherHook.Id], await TargetsAsync(other.Id));
        AssertSame([other], (await Schedules.ListAsync(new ScheduleQuery(account, null, 0, 10), Cancellation)).Items);
        Assert.False(await Schedules.DeleteAsync(schedule.Id, Cancellation));
    }

    /// <summary>What unfinished deliveries come to is dropped, and is no error.</summary>
    [Fact]
    public async Task Deliveries_of_a_deleted_schedule_find_nothing()
    {
        var (schedule, webhook, execution) = await CreateFiringAsync();
        await BeginAsync(execution.RootId);
        await Schedules.DeleteAsync(schedule.Id, Cancellation);
        var late = NewExecution(schedule.Id, webhook.Id);

        await ApplyAsync(End(execution.RootId, ExecutionStatus.Failure, retryAt: Now.AddMinutes(1)) with { DisableWebhook = "410" }, new ExecutionQueued(late));

        Assert.Null(await BeginAsync(execution.RootId));
        Assert.Null(await BeginAsync(execution.RootId, 2));
        Assert.Empty(await ListAsync(schedule.Id));
        Assert.Null(await Executions.FindAsync(late.Id, Cancellation));
        Assert.False(await Executions.AddAsync([late], [], Cancellation));
    }

    /// <summary>Deliveries that begin, end and follow while their schedule goes leave nothing behind.</summary>
    [Fact]
    public async Task Deletion_against_beginnings_and_ends_leaves_nothing()
    {
        var account = Guid.NewGuid();
        for (var round = 0; round < 6; round++)
        {
            var (schedule, webhook, first) = await CreateFiringAsync(account);
            Execution[] all = [first, .. Enumerable.Range(0, 5).Select(_ => NewExecution(schedule.Id, webhook.Id))];
            await Executions.AddAsync(all[1..], [], Cancellation);

            await AtOnceAsync(all.Length + 2, async index =>
            {
                if (index == all.Length)
                {
                    return await Schedules.DeleteAsync(schedule.Id, Cancellation);
                }

                if (index > all.Length)
                {
                    return await Executions.AddAsync([NewExecution(schedule.Id, webhook.Id)], [NewJob()], Cancellation);
                }

                await BeginAsync(all[index].RootId);
                var end = End(all[index].RootId, ExecutionStatus.Failure, 1, Now.AddMinutes(1)) with { DisableWebhook = index == 0 ? "410" : null };
                await ApplyAsync(end, new ExecutionQueued(NewExecution(schedule.Id, webhook.Id)));
                return await BeginAsync(all[index].RootId, index % 2 + 2) is not null;
            });

            Assert.Empty(await ListAsync(schedule.Id));
            Assert.Null(await Webhooks.FindAsync(webhook.Id, Cancellation));
            Assert.Null(await Fixture.Recurrences.FindAsync(schedule.Id, Cancellation));
        }

        var counts = await Schedules.CountAsync([account], Cancellation);
        AssertSame((0L, 0L, 0), (counts.Enabled, counts.Disabled, counts.Executions.Count(count => count.Value != 0)));
    }

    /// <summary>Whole batches that end, and old executions that are pruned, while their schedules go, hinder nobody and are counted rightly.</summary>
    [Fact]
    public async Task Deletion_against_batches_of_ends_and_prunings_leaves_nothing()
    {
        var account = Guid.NewGuid();
        for (var round = 0; round < 4; round++)
        {
            var (going, staying) = (await CreateScheduleAsync(account), await CreateScheduleAsync(account));
            Execution[] all = [.. Enumerable.Range(0, 60).Select(index => NewExecution(index % 2 == 0 ? going.Id : staying.Id))];
            Execution[] old = [.. Enumerable.Range(0, 60).Select(index => NewExecution(index % 2 == 0 ? going.Id : staying.Id) with
            {
                Status = ExecutionStatus.Success, StartedAt = Now.AddDays(-3), FinishedAt = Now.AddDays(-2).AddSeconds(index),
            })];
            await Executions.AddAsync([.. all, .. old], [], Cancellation);
            var ends = all.Select(execution => End(execution.RootId, ExecutionStatus.Failure, 1)).ToArray();

            await AtOnceAsync(5, async index => index switch
            {
                0 => await Schedules.DeleteAsync(going.Id, Cancellation),
                1 => await Executions.PruneAsync(Now.AddDays(-1), 1000, Cancellation) >= 0,
                2 => await EndAsync(ends[..20]),
                3 => await EndAsync([.. ends[20..40].Reverse()]),
                _ => await EndAsync(ends[40..]),
            });

            Assert.Empty(await ListAsync(going.Id));
            Assert.All(await ListAsync(staying.Id), row => Assert.Equal(ExecutionStatus.Failure, row.Status));
            Assert.Equal([new(ExecutionStatus.Failure, 30)], (await Schedules.CountAsync([account], Cancellation)).Executions.Where(count => count.Value != 0));
            await Schedules.DeleteAsync(staying.Id, Cancellation);
        }
    }

    private async Task<bool> EndAsync(AttemptEnded[] ends)
    {
        await ApplyAsync(ends);
        return true;
    }

    /// <summary>Each account has its own figures, and what is gone is in none.</summary>
    [Fact]
    public async Task Counts_are_those_of_the_accounts_that_are_asked_for()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var (schedule, webhook, first) = await CreateFiringAsync(one);
        await CreateScheduleAsync(one, enabled: false);
        var (gone, _, lost) = await CreateFiringAsync(two);
        await Executions.AddAsync([.. Enumerable.Range(0, 3).Select(_ => NewExecution(schedule.Id, webhook.Id))], [], Cancellation);
        await BeginAsync(first.RootId);
        await BeginAsync(lost.RootId);
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        await ApplyAsync(End(first.RootId, ExecutionStatus.Success), End(lost.RootId, ExecutionStatus.DeadLetter));
        await BeginAsync((await ListAsync(schedule.Id)).First(row => row.Status == ExecutionStatus.Queued).RootId);

        var both = await Schedules.CountAsync([one, two, Guid.NewGuid()], Cancellation);
        AssertSame((2L, 1L, 250.0), (both.Enabled, both.Disabled, both.AverageDuration));
        AssertSame(
            new SortedDictionary<ExecutionStatus, long>
            {
                [ExecutionStatus.Queued] = 2, [ExecutionStatus.Running] = 1, [ExecutionStatus.Success] = 1, [ExecutionStatus.DeadLetter] = 1,
            },
            new SortedDictionary<ExecutionStatus, long>(both.Executions.ToDictionary()));
        var second = await Schedules.CountAsync([two], Cancellation);
        AssertSame((1L, 0L, null, 1L), (second.Enabled, second.Disabled, second.AverageDuration, second.Executions.Values.Sum()));

        await Schedules.DeleteAsync(gone.Id, Cancellation);
        AssertSame((0L, 0), ((await Schedules.CountAsync([two], Cancellation)).Enabled, (await Schedules.CountAsync([two], Cancellation)).Executions.Count));
        Assert.Empty((await Schedules.CountAsync([], Cancellation)).Executions);
    }
}
