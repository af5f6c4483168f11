using System.Collections.Concurrent;
using Switchyard.Jobs;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

public abstract partial class ExecutionStoreConformance
{
    /// <summary>A replay goes on counting, with a job of its own, and says who asked.</summary>
    [Fact]
    public async Task Replay_stores_the_next_attempt_with_its_job_and_an_audit_row()
    {
        var (schedule, _, execution) = await CreateFiringAsync();
        await ApplyAsync(End(execution.RootId, ExecutionStatus.Failure, 1, Now), End(execution.RootId, ExecutionStatus.DeadLetter, 2));
        var jobs = new ConcurrentDictionary<Guid, JobRequest>();

        var result = await Executions.ReplayAsync(Replay(execution.Id, jobs), Cancellation);

        var expected = execution with { Id = ExecutionIds.Attempt(execution.RootId, 3), Attempt = 3, Trigger = ExecutionTrigger.Replay, CreatedAt = Now };
        AssertSame(new ReplayResult(ReplayStatus.Replayed, [expected], 1), result);
        AssertSame(expected, await GetAsync(expected.Id));
        Assert.NotNull(await Fixture.Kernel.FindAsync(jobs[expected.Id].Id, Cancellation));
        Assert.Equal([("ann", 1, 1L)], await Fixture.ReadAuditAsync());
        Assert.Equal(3, (await ListAsync(schedule.Id)).Count);
    }

    /// <summary>What can't be replayed isn't, and leaves nothing behind.</summary>
    [Fact]
    public async Task Replay_says_why_it_was_not_done()
    {
        var (schedule, webhook, execution) = await CreateFiringAsync();
        Assert.Equal(ReplayStatus.Unfinished, (await Executions.ReplayAsync(Replay(execution.Id), Cancellation)).Status);
        await BeginAsync(execution.RootId);
        Assert.Equal(ReplayStatus.Unfinished, (await Executions.ReplayAsync(Replay(execution.Id), Cancellation)).Status);
        await ApplyAsync(End(execution.RootId, ExecutionStatus.Failure, 1, Now), End(execution.RootId, ExecutionStatus.Success, 2));
        Assert.Equal(ReplayStatus.Succeeded, (await Executions.ReplayAsync(Replay(execution.Id), Cancellation)).Status);
        Assert.Equal(ReplayStatus.NotFound, (await Executions.ReplayAsync(Replay(Guid.NewGuid()), Cancellation)).Status);

        var (bare, orphan) = (NewExecution(schedule.Id) with { Status = ExecutionStatus.Failure }, NewExecution(schedule.Id, webhook.Id) with { Status = ExecutionStatus.Failure });
        await ApplyAsync(new ExecutionQueued(bare), new ExecutionQueued(orphan));
        await Webhooks.DeleteAsync(webhook.Id, Cancellation);
        Assert.Equal(ReplayStatus.NotFound, (await Executions.ReplayAsync(Replay(bare.Id), Cancellation)).Status);
        Assert.Equal(ReplayStatus.NotFound, (await Executions.ReplayAsync(Replay(orphan.Id), Cancellation)).Status);
        Assert.Equal(ReplayStatus.NotFound, (await Executions.ReplayAsync(Replay(Guid.NewGuid()) with { ExecutionId = null, Filter = new ExecutionQuery { ScheduleId = Guid.NewGuid() } }, Cancellation)).Status);

        Assert.Equal(4, (await ListAsync(schedule.Id)).Count);
        Assert.Empty(await Fixture.ReadAuditAsync());
    }

    /// <summary>By filter: the oldest first, one after another, no more than the cap, and how many there were.</summary>
    [Fact]
    public async Task Replay_by_filter_is_capped_staggered_and_audited()
    {
        var (schedule, webhook, queued) = await CreateFiringAsync();
        Execution[] dead = [.. Enumerable.Range(0, 5).Select(age => Ended(schedule.Id, webhook.Id, ExecutionStatus.DeadLetter, age))];
        var (failed, succeeded, retried, bare) = (
            Ended(schedule.Id, webhook.Id, ExecutionStatus.Failure, 9), Ended(schedule.Id, webhook.Id, ExecutionStatus.Success, 9),
            Ended(schedule.Id, webhook.Id, ExecutionStatus.DeadLetter, 9), Ended(schedule.Id, null, ExecutionStatus.DeadLetter, 9));
        await ApplyAsync([.. dead.Append(failed).Append(succeeded).Append(retried).Append(bare).Select(execution => new ExecutionQueued(execution))]);
        await Executions.ReplayAsync(Replay(retried.Id), Cancellation);
        var request = Replay(Guid.Empty) with
        {
            ExecutionId = null, Limit = 3, Stagger = TimeSpan.FromSeconds(2),
            Filter = new ExecutionQuery { ScheduleId = schedule.Id, Status = ExecutionStatus.DeadLetter, Skip = 7, Limit = 1 },
        };

        var first = await Executions.ReplayAsync(request, Cancellation);
        var second = await Executions.ReplayAsync(request, Cancellation);
        var third = await Executions.ReplayAsync(request, Cancellation);

        Assert.Equal((ReplayStatus.Replayed, 5L), (first.Status, first.Matched));
        Assert.Equal(dead.Reverse().Take(3).Select(execution => (execution.RootId, 2)), first.Executions.Select(execution => (execution.RootId, execution.Attempt)));
        Assert.Equal([null, Now.AddSeconds(2), Now.AddSeconds(4)], first.Executions.Select(execution => execution.NotBefore));
        Assert.Equal((ReplayStatus.Replayed, 2L, 2), (second.Status, second.Matched, second.Executions.Count));
        AssertSame(new ReplayResult(ReplayStatus.Replayed, [], 0), third);
        Assert.Equal([("ann", 1, 1L), ("ann", 3, 5L), ("ann", 2, 2L), ("ann", 0, 0L)], await Fixture.ReadAuditAsync());
        Assert.Equal(ExecutionStatus.Queued, (await GetAsync(queued.Id)).Status);
    }

    /// <summary>Without a status: all that ended without success, of the span that is asked for.</summary>
    [Fact]
    public async Task Replay_by_filter_takes_the_span_and_any_bad_end()
    {
        var (schedule, webhook, _) = await CreateFiringAsync();
        ExecutionStatus[] ends = [ExecutionStatus.Failure, ExecutionStatus.TimedOut, ExecutionStatus.DeadLetter, ExecutionStatus.Success, ExecutionStatus.Failure];
        Execution[] all = [.. ends.Select((status, age) => Ended(schedule.Id, webhook.Id, status, age))];
        await ApplyAsync([.. all.Select(execution => new ExecutionQueued(execution))]);

        var result = await Executions.ReplayAsync(
            Replay(Guid.Empty) with
            {
                ExecutionId = null, Limit = 100,
                Filter = new ExecutionQuery { ScheduleId = schedule.Id, From = all[3].ScheduledAt, To = all[1].ScheduledAt },
            },
            Cancellation);

        Assert.Equal([all[2].RootId, all[1].RootId], result.Executions.Select(execution => execution.RootId));
        foreach (var status in new[] { ExecutionStatus.Success, ExecutionStatus.Queued, ExecutionStatus.Running })
        {
            var none = await Executions.ReplayAsync(
                Replay(Guid.Empty) with { ExecutionId = null, Filter = new ExecutionQuery { ScheduleId = schedule.Id, Status = status } }, Cancellation);
            AssertSame(new ReplayResult(ReplayStatus.Replayed, [], 0), none);
        }
    }

    /// <summary>However many ask at once, by the one or the other way, a firing gets one attempt and one job.</summary>
    [Fact]
    public async Task Concurrent_replays_of_one_firing_make_one_attempt()
    {
        for (var round = 0; round < 4; round++)
        {
            var (schedule, _, execution) = await CreateFiringAsync();
            await ApplyAsync(End(execution.RootId, ExecutionStatus.DeadLetter));
            var jobs = new ConcurrentDictionary<Guid, JobRequest>();
            var calls = new ConcurrentBag<JobRequest>();
            JobRequest Job(Execution next)
            {
                var job = NewJob();
                calls.Add(job);
                return job;
            }

            var results = await AtOnceAsync(8, index => Executions.ReplayAsync(
                index % 2 == 0
                    ? Replay(execution.Id, jobs) with { Job = Job }
                    : Replay(execution.Id, jobs) with { Job = Job, ExecutionId = null, Limit = 10, Filter = new ExecutionQuery { ScheduleId = schedule.Id } },
                Cancellation));

            Assert.Equal(1, results.Sum(result => result.Executions.Count));
            Assert.Equal([2, 1], (await ListAsync(schedule.Id)).Select(row => row.Attempt).OrderDescending());
            var stored = 0;
            foreach (var job in calls)
            {
                stored += await Fixture.Kernel.FindAsync(job.Id, Cancellation) is null ? 0 : 1;
            }

            Assert.Equal(1, stored);
        }
    }

    private Execution Ended(Guid schedule, Guid? webhook, ExecutionStatus status, int hoursAgo) => NewExecution(schedule, webhook) with
    {
        Status = status, ScheduledAt = Now.AddHours(-hoursAgo), FinishedAt = Now, StartedAt = Now,
    };

    private ReplayRequest Replay(Guid execution, ConcurrentDictionary<Guid, JobRequest>? jobs = null) => new()
    {
        ExecutionId = execution, Subject = "ann", At = Now,
        Job = next => (jobs ?? new ConcurrentDictionary<Guid, JobRequest>()).GetOrAdd(next.Id, _ => NewJob()),
    };
}
