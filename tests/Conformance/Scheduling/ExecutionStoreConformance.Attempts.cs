using Switchyard.Jobs;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

public abstract partial class ExecutionStoreConformance
{
    /// <summary>A beginning gives all that a request is made from.</summary>
    [Fact]
    public async Task Attempt_begins_with_schedule_and_webhook()
    {
        var (schedule, webhook, execution) = await CreateFiringAsync();

        var delivery = await BeginAsync(execution.RootId);

        var running = execution with { Status = ExecutionStatus.Running, StartedAt = Now, WorkerId = "worker-1" };
        AssertSame(new Delivery(running, schedule, webhook), delivery);
        AssertSame(running, await GetAsync(execution.Id));
    }

    /// <summary>A webhook that is gone is none; one that is disabled is given as it is.</summary>
    [Fact]
    public async Task Attempt_begins_without_a_webhook_that_is_gone()
    {
        var (schedule, webhook, execution) = await CreateFiringAsync();
        var bare = NewExecution(schedule.Id);
        await ApplyAsync(new ExecutionQueued(bare));
        await Webhooks.ChangeAsync(webhook.Id, one => one with { DisabledAt = Now }, Cancellation);

        Assert.Equal(Now, (await BeginAsync(execution.RootId))!.Webhook!.DisabledAt);
        await Webhooks.DeleteAsync(webhook.Id, Cancellation);
        Assert.Null((await BeginAsync(execution.RootId))!.Webhook);
        Assert.Null((await BeginAsync(bare.RootId))!.Webhook);
    }

    /// <summary>An attempt that was given back in an orderly stop is begun again by another worker.</summary>
    [Fact]
    public async Task Running_attempt_may_be_begun_again()
    {
        var (_, _, execution) = await CreateFiringAsync();
        await BeginAsync(execution.RootId);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(5));

        var again = await BeginAsync(execution.RootId, worker: "worker-2");

        Assert.Equal(("worker-2", Now, 1), (again!.Execution.WorkerId, again.Execution.StartedAt, again.Execution.Attempt));
        Assert.Equal(8, (await AtOnceAsync(8, index => BeginAsync(execution.RootId, worker: $"w{index}"))).Count(delivery => delivery is not null));
        Assert.Single(await ListAsync(execution.ScheduleId));
    }

    /// <summary>What has ended, was overtaken or isn't there doesn't begin.</summary>
    [Fact]
    public async Task Ended_or_overtaken_or_unknown_attempt_does_not_begin()
    {
        var (_, _, execution) = await CreateFiringAsync();
        await ApplyAsync(End(execution.RootId, ExecutionStatus.Failure, retryAt: Now.AddMinutes(1)));

        Assert.Null(await BeginAsync(execution.RootId, 1));
        Assert.NotNull(await BeginAsync(execution.RootId, 2));
        Assert.Null(await BeginAsync(execution.RootId, 1));
        await ApplyAsync(End(execution.RootId, ExecutionStatus.Success, 2));
        Assert.Null(await BeginAsync(execution.RootId, 2));
        Assert.Null(await BeginAsync(execution.RootId, 3));
        Assert.Null(await BeginAsync(Guid.NewGuid()));
        Assert.Equal(2, (await ListAsync(execution.ScheduleId)).Count);
    }

    /// <summary>An attempt after a lost worker's is stored as it begins, and ends the lost one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attempt_that_follows_a_lost_one_is_stored_and_ends_it(bool wasBegun)
    {
        var (schedule, webhook, execution) = await CreateFiringAsync();
        if (wasBegun)
        {
            await BeginAsync(execution.RootId);
        }

        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(30));
        var delivery = await BeginAsync(execution.RootId, 2, "worker-2");

        AssertSame(
            new Delivery(
                execution with
                {
                    Id = ExecutionIds.Attempt(execution.RootId, 2), Attempt = 2, Status = ExecutionStatus.Running, CreatedAt = Now, StartedAt = Now, WorkerId = "worker-2",
                },
                schedule, webhook),
            delivery);
        var lost = await GetAsync(execution.Id);
        Assert.Equal((ExecutionStatus.Failure, Now, wasBegun), (lost.Status, lost.FinishedAt, lost.StartedAt is not null));
        Assert.False(string.IsNullOrEmpty(lost.Error));
        Assert.Equal(2, (await ListAsync(schedule.Id)).Count);
    }

    /// <summary>However many workers claim to be next, each attempt is one row, and one of them at the most is unfinished.</summary>
    [Fact]
    public async Task Concurrent_beginnings_of_attempts_make_each_once()
    {
        for (var round = 0; round < 4; round++)
        {
            var (schedule, _, execution) = await CreateFiringAsync();

            await AtOnceAsync(8, index => BeginAsync(execution.RootId, (index % 4) + 1, $"w{index}"));

            var all = await ListAsync(schedule.Id);
            Assert.Equal(all.Count, all.Select(row => row.Attempt).Distinct().Count());
            Assert.Equal(ExecutionStatus.Running, all.MaxBy(row => row.Attempt)!.Status);
            Assert.Equal(4, all.Max(row => row.Attempt));
            Assert.All(all.Where(row => row.Attempt < 4), row => Assert.Equal(ExecutionStatus.Failure, row.Status));
        }
    }

    /// <summary>An end stores what came of the request.</summary>
    [Fact]
    public async Task End_stores_the_answer_and_lists_leave_its_content_out()
    {
        var (schedule, _, execution) = await CreateFiringAsync();
        await BeginAsync(execution.RootId);
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(125));
        var answer = new DeliveryAnswer(503, """{"retry-after":"5"}""", "body \"é\"");

        await ApplyAsync(End(execution.RootId, ExecutionStatus.DeadLetter, 1) with { Answer = answer });

        var ended = await GetAsync(execution.Id);
        AssertSame(
            execution with
            {
                Status = ExecutionStatus.DeadLetter, StartedAt = Now.AddMilliseconds(-125), FinishedAt = Now, WorkerId = "worker-1", Answer = answer, Error = "It said no.",
            },
            ended);
        AssertSame([ended with { Answer = new DeliveryAnswer(503, null, null) }], await ListAsync(schedule.Id));
    }

    /// <summary>An end is for ever, and one that comes too late is no error.</summary>
    [Fact]
    public async Task Ended_attempt_stays_as_it_is()
    {
        var (schedule, _, execution) = await CreateFiringAsync();
        await ApplyAsync(End(execution.RootId, ExecutionStatus.Success));
        var ended = await GetAsync(execution.Id);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        await ApplyAsync(
            End(execution.RootId, ExecutionStatus.Failure, 1, Now.AddMinutes(1)), End(execution.RootId, ExecutionStatus.Failure, null, Now),
            End(execution.RootId, ExecutionStatus.TimedOut, 2, Now), End(Guid.NewGuid(), ExecutionStatus.DeadLetter));

        AssertSame([ended], await ListAsync(schedule.Id));
    }

    /// <summary>A retry is a row of its own, stored with the end of the attempt before.</summary>
    [Fact]
    public async Task Retry_is_stored_with_the_end_before_it()
    {
        var (schedule, _, execution) = await CreateFiringAsync();
        await BeginAsync(execution.RootId);

        await ApplyAsync(End(execution.RootId, ExecutionStatus.TimedOut, 1, Now.AddMinutes(1)));

        var expected = execution with { Id = ExecutionIds.Attempt(execution.RootId, 2), Attempt = 2, CreatedAt = Now, NotBefore = Now.AddMinutes(1) };
        AssertSame(expected, await GetAsync(expected.Id));
        Assert.Equal(ExecutionStatus.TimedOut, (await GetAsync(execution.Id)).Status);
        Assert.Equal(2, (await ListAsync(schedule.Id)).Count);
    }

    /// <summary>An end that names no attempt is of the one that is unfinished.</summary>
    [Fact]
    public async Task End_without_a_number_is_of_the_unfinished_attempt()
    {
        var (schedule, _, execution) = await CreateFiringAsync();
        await ApplyAsync(End(execution.RootId, ExecutionStatus.Failure, 1, Now));

        await ApplyAsync(End(execution.RootId, ExecutionStatus.DeadLetter));

        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.DeadLetter], (await ListAsync(schedule.Id)).OrderBy(row => row.Attempt).Select(row => row.Status));
    }

    /// <summary>Whatever the workers' clocks say, nothing takes less than no time (P-EX3).</summary>
    [Fact]
    public async Task End_is_never_before_the_beginning()
    {
        var (_, _, execution) = await CreateFiringAsync();
        await BeginAsync(execution.RootId);

        await ApplyAsync(End(execution.RootId, ExecutionStatus.Success, 1) with { At = Now.AddSeconds(-9) });

        var ended = await GetAsync(execution.Id);
        Assert.Equal((Now, Now), (ended.StartedAt, ended.FinishedAt));
    }

    /// <summary>410 takes the webhook off, once.</summary>
    [Fact]
    public async Task End_disables_the_webhook_and_takes_its_target_off()
    {
        var (schedule, webhook, execution) = await CreateFiringAsync();

        await ApplyAsync(End(execution.RootId, ExecutionStatus.DeadLetter) with { DisableWebhook = "It answered 410." });

        AssertSame(
            webhook with { DisabledAt = Now, DisabledReason = "It answered 410.", UpdatedAt = Now }, (await Webhooks.FindAsync(webhook.Id, Cancellation))!.Webhook);
        Assert.Empty(await TargetsAsync(schedule.Id));
    }

    /// <summary>Many ends of one call are each as if they were alone, and in order where they are of one firing.</summary>
    [Fact]
    public async Task Ends_of_one_call_are_applied_in_order()
    {
        var (schedule, webhook, one) = await CreateFiringAsync();
        Execution[] more = [.. Enumerable.Range(0, 20).Select(_ => NewExecution(schedule.Id, webhook.Id))];

        await ApplyTogetherAsync(
            [.. more.Select(execution => new ExecutionQueued(execution))],
            [End(one.RootId, ExecutionStatus.Failure, 1, Now), NewJob(), End(one.RootId, ExecutionStatus.TimedOut, 2, Now.AddMinutes(1)), End(one.RootId, ExecutionStatus.Success, 3)],
            [.. more[..10].Select(execution => End(execution.RootId, ExecutionStatus.Success))],
            [.. more[10..].Select(execution => End(execution.RootId, ExecutionStatus.Failure, 1, Now.AddMinutes(1)))]);

        var all = (await ListAsync(schedule.Id)).ToLookup(row => row.RootId);
        Assert.Equal(
            [ExecutionStatus.Failure, ExecutionStatus.TimedOut, ExecutionStatus.Success], all[one.RootId].OrderBy(row => row.Attempt).Select(row => row.Status));
        Assert.All(more[..10], execution => Assert.Equal(ExecutionStatus.Success, Assert.Single(all[execution.RootId]).Status));
        Assert.All(more[10..], execution => Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Queued], all[execution.RootId].OrderBy(row => row.Attempt).Select(row => row.Status)));
        var counts = (await Schedules.CountAsync([schedule.AccountId], Cancellation)).Executions;
        Assert.Equal((11L, 11L, 1L, 10L), (counts[ExecutionStatus.Success], counts[ExecutionStatus.Failure], counts[ExecutionStatus.TimedOut], counts[ExecutionStatus.Queued]));
    }

    /// <summary>A completion that is refused leaves its executions as they were.</summary>
    [Fact]
    public async Task Refused_completion_applies_none_of_its_ends()
    {
        var (schedule, _, execution) = await CreateFiringAsync();
        var job = NewJob();
        await Fixture.Kernel.EnqueueAsync([job], Cancellation);
        var lease = Assert.Single(await Fixture.Kernel.ClaimAsync(
            new ClaimRequest { Owner = "o", Kinds = [job.Kind], MaxJobs = 1, StartAtOnce = 1, Lease = TimeSpan.FromSeconds(30) }, Cancellation)).Lease;
        var end = End(execution.RootId, ExecutionStatus.Failure, 1, Now) with { DisableWebhook = "410" };

        var result = Assert.Single(await Fixture.Kernel.CompleteAsync(
            [new JobCompletion { Lease = lease, State = JobState.Succeeded, Effects = [end, new ExecutionQueued(NewExecution(schedule.Id)), new Strange()] }], Cancellation));

        Assert.Equal(CompletionStatus.Refused, result.Status);
        AssertSame([execution], await ListAsync(schedule.Id));
        Assert.Single(await TargetsAsync(schedule.Id));
    }

    private sealed record Strange : JobEffect;
}
