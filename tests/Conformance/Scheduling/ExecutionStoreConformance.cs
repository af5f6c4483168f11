using Switchyard.Jobs;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Proves a store of executions: each test is an obligation of <see cref="IExecutionStore"/> or of the effects about executions.</summary>
public abstract partial class ExecutionStoreConformance : SchedulingConformance
{
    /// <summary>What was stored is found.</summary>
    [Fact]
    public async Task Stored_execution_is_found()
    {
        var (schedule, webhook, queued) = await CreateFiringAsync();
        var ended = NewExecution(schedule.Id) with
        {
            Trigger = ExecutionTrigger.Manual, Status = ExecutionStatus.Failure, NotBefore = Now, FinishedAt = Now, Error = "There is no webhook.",
        };
        await ApplyAsync(new ExecutionQueued(ended));

        AssertSame(queued, await GetAsync(queued.Id));
        AssertSame(ended, await GetAsync(ended.Id));
        Assert.Null(await Executions.FindAsync(Guid.NewGuid(), Cancellation));
        Assert.Equal(webhook.Id, queued.WebhookId);
    }

    /// <summary>(Root, attempt) is unique, however often and by whomever it is stored.</summary>
    [Fact]
    public async Task Attempt_is_stored_once()
    {
        var (schedule, webhook, first) = await CreateFiringAsync();
        var again = first with { ScheduledAt = Now.AddDays(1) };

        await ApplyAsync(new ExecutionQueued(again), new ExecutionQueued(again));
        await AtOnceAsync(4, async _ => { await ApplyAsync(new ExecutionQueued(again)); return true; });
        Assert.True(await Executions.AddAsync([again], [], Cancellation));

        AssertSame([first], await ListAsync(schedule.Id));
        AssertSame([webhook.Id], await TargetsAsync(schedule.Id));
    }

    /// <summary>An execution whose schedule isn't there is left out, without harm to the others.</summary>
    [Fact]
    public async Task Execution_of_no_schedule_is_left_out()
    {
        var (schedule, webhook, first) = await CreateFiringAsync();
        var (stray, second) = (NewExecution(Guid.NewGuid(), webhook.Id), NewExecution(schedule.Id, webhook.Id));

        await ApplyTogetherAsync([new ExecutionQueued(stray)], [new ExecutionQueued(second)]);

        Assert.Null(await Executions.FindAsync(stray.Id, Cancellation));
        Assert.Equal(2, (await ListAsync(schedule.Id)).Count);
        Assert.NotEqual(first.Id, second.Id);
    }

    /// <summary>Executions and jobs are stored together.</summary>
    [Fact]
    public async Task Added_executions_are_stored_with_their_jobs()
    {
        var (schedule, webhook, _) = await CreateFiringAsync();
        Execution[] added = [NewExecution(schedule.Id, webhook.Id) with { Trigger = ExecutionTrigger.Manual }, NewExecution(schedule.Id, webhook.Id)];
        JobRequest[] jobs = [NewJob(), NewJob()];

        Assert.True(await Executions.AddAsync(added, jobs, Cancellation));
        Assert.True(await Executions.AddAsync(added, jobs, Cancellation));

        AssertSame(added[0], await GetAsync(added[0].Id));
        AssertSame(added[1], await GetAsync(added[1].Id));
        Assert.NotNull(await Fixture.Kernel.FindAsync(jobs[0].Id, Cancellation));
        Assert.NotNull(await Fixture.Kernel.FindAsync(jobs[1].Id, Cancellation));
        Assert.Equal(3, (await ListAsync(schedule.Id)).Count);
    }

    /// <summary>All or none: a webhook or a schedule that is gone keeps everything out.</summary>
    [Fact]
    public async Task Nothing_is_added_where_a_schedule_or_webhook_is_gone()
    {
        var (schedule, webhook, _) = await CreateFiringAsync();
        var job = NewJob();
        var good = NewExecution(schedule.Id, webhook.Id);

        Assert.False(await Executions.AddAsync([good, NewExecution(schedule.Id, Guid.NewGuid())], [job], Cancellation));
        Assert.False(await Executions.AddAsync([good, NewExecution(Guid.NewGuid())], [job], Cancellation));

        Assert.Single(await ListAsync(schedule.Id));
        Assert.Null(await Fixture.Kernel.FindAsync(job.Id, Cancellation));
    }

    /// <summary>Old ends go, the oldest first, as many as are asked for; what is unfinished or younger stays.</summary>
    [Fact]
    public async Task Old_ends_are_pruned_oldest_first()
    {
        var (schedule, webhook, queued) = await CreateFiringAsync();
        Execution[] ended = [.. Enumerable.Range(1, 5).Select(age =>
            NewExecution(schedule.Id, webhook.Id) with { Status = ExecutionStatus.Success, StartedAt = Now.AddHours(-age - 1), FinishedAt = Now.AddHours(-age) })];
        await ApplyAsync([.. ended.Select(execution => new ExecutionQueued(execution))]);

        Assert.Equal(2, await Executions.PruneAsync(Now.AddHours(-1), 2, Cancellation));
        AssertSame(new HashSet<Guid> { queued.Id, ended[0].Id, ended[1].Id, ended[2].Id }.Order(), (await ListAsync(schedule.Id)).Select(row => row.Id).Order());

        Assert.Equal(2, await Executions.PruneAsync(Now.AddHours(-1), 100, Cancellation));
        Assert.Equal(0, await Executions.PruneAsync(Now.AddHours(-1), 100, Cancellation));
        AssertSame(new[] { queued.Id, ended[0].Id }.Order(), (await ListAsync(schedule.Id)).Select(row => row.Id).Order());
        var counts = await Schedules.CountAsync([schedule.AccountId], Cancellation);
        AssertSame((1L, 1L, 3_600_000.0), (counts.Executions[ExecutionStatus.Queued], counts.Executions[ExecutionStatus.Success], counts.AverageDuration));
    }

    /// <summary>The ledger is the kernel's to prune.</summary>
    [Fact]
    public async Task Ledger_rows_stay_when_executions_are_pruned()
    {
        var schedule = await CreateScheduleAsync();
        PlannedOccurrenceAt[] all = [new(1), new(2), new(3)];
        await Schedules.ChangeAsync(schedule.Id, (there, _, _) => new ScheduleChange(there, PlannedOccurrenceAt.Firing(there.Id, Now, all)), Cancellation);

        Assert.Equal(0, await Executions.PruneAsync(Now.AddHours(-1), 10, Cancellation));

        Assert.Equal(3, (await Fixture.Recurrences.ListOccurrencesAsync(schedule.Id, Now.AddDays(-1), Now, 10, Cancellation)).Count);
    }
}
