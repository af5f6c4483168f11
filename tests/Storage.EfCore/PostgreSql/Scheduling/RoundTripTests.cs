using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Scheduling;

/// <summary>Counts the commands that hot paths send, which must not follow the number of rows.</summary>
public sealed class RoundTripTests
{
    private const string Kind = "carrier";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beginning_of_an_attempt_is_one_command()
    {
        await using var node = await CreateAsync();
        var execution = (await AddAsync(node, 1))[0];

        var (commands, delivery) = await CountAsync(() => Executions(node).BeginAsync(new AttemptStart(execution.RootId, 1, "w", execution.CreatedAt), Cancellation));

        Assert.Equal(ExecutionStatus.Running, delivery!.Execution.Status);
        Assert.Equal(execution.WebhookId, delivery.Webhook!.Id);
        Assert.Equal(1, commands);
    }

    [Fact]
    public async Task Attempts_that_begin_while_another_does_share_a_command()
    {
        await using var node = await CreateAsync();
        var executions = await AddAsync(node, 100);

        var (commands, deliveries) = await CountAsync(() => Task.WhenAll(executions.Select(
            execution => Executions(node).BeginAsync(new AttemptStart(execution.RootId, 1, "w", execution.CreatedAt), Cancellation))));

        Assert.Equal(executions.Select(execution => execution.RootId), deliveries.Select(delivery => delivery!.Execution.RootId));
        Assert.All(deliveries, delivery => Assert.Equal((ExecutionStatus.Running, "w"), (delivery!.Execution.Status, delivery.Execution.WorkerId)));
        Assert.InRange(commands, 1, 20);
    }

    [Fact]
    public async Task An_attempt_whose_row_somebody_has_locked_holds_up_no_other_and_begins_when_it_can()
    {
        await using var node = await CreateAsync();
        var executions = await AddAsync(node, 2);

        await node.WithContextAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await context.Database.ExecuteSqlAsync($"select id from switchyard.executions where id = {executions[0].Id} for update", Cancellation);
            var locked = Executions(node).BeginAsync(new AttemptStart(executions[0].RootId, 1, "w", executions[0].CreatedAt), Cancellation);
            var free = await Executions(node).BeginAsync(new AttemptStart(executions[1].RootId, 1, "w", executions[1].CreatedAt), Cancellation);
            Assert.Equal(ExecutionStatus.Running, free!.Execution.Status);
            Assert.False(locked.IsCompleted);

            await transaction.RollbackAsync(Cancellation);
            Assert.Equal(ExecutionStatus.Running, (await locked)!.Execution.Status);
            return true;
        });
    }

    [Fact]
    public async Task Ends_of_a_batch_take_as_many_commands_as_those_of_two()
    {
        await using var node = await CreateAsync();
        var counts = new List<int>();
        foreach (var size in new[] { 2, 40 })
        {
            var executions = await AddAsync(node, size);
            var completions = await ClaimAsync(node, executions, execution => new AttemptEnded
            {
                RootId = execution.RootId, Attempt = 1, Status = ExecutionStatus.Failure, At = execution.CreatedAt, RetryAt = execution.CreatedAt.AddMinutes(1),
            });

            var (commands, results) = await CountAsync(() => node.Jobs.CompleteAsync(completions, Cancellation));

            Assert.All(results, result => Assert.Equal(CompletionStatus.Applied, result.Status));
            counts.Add(commands);
        }

        Assert.InRange(counts[0], 1, 10);
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public async Task Firings_of_a_tick_take_as_many_commands_as_two()
    {
        await using var node = await CreateAsync();
        var recurrences = node.Provider.GetRequiredService<IRecurrenceStore>();
        var counts = new List<int>();
        foreach (var size in new[] { 2, 40 })
        {
            for (var i = 0; i < size; i++)
            {
                await NewWebhookAsync(node, TimeSpan.FromMinutes(-1));
            }

            var (commands, tick) = await CountAsync(() => recurrences.FireAsync(100, (due, now) => [.. due.Select(one => Fire(one, now))], Cancellation));

            Assert.Equal((size, size), (tick.Taken, tick.Fired));
            counts.Add(commands);
        }

        Assert.InRange(counts[0], 1, 12);
        Assert.Equal(counts[0], counts[1]);
    }

    private static RecurrenceFiring Fire(DueRecurrence due, DateTimeOffset now)
    {
        var (id, at) = (due.Recurrence.Id, due.Recurrence.NextAt!.Value);
        var root = OccurrenceId.Of(id, at, due.Targets[0]);
        var execution = new Execution { Id = root, RootId = root, ScheduleId = id, WebhookId = due.Targets[0], ScheduledAt = at, CreatedAt = now };
        var occurrence = new Occurrence { RecurrenceId = id, FirstAt = at, LastAt = at, Outcome = OccurrenceOutcome.Fired, RecordedAt = now };
        var job = new JobRequest { Id = new JobId(root), Kind = SchedulingJobs.Deliver, Payload = "{}" };
        return new RecurrenceFiring { RecurrenceId = id, NextAt = now.AddDays(1), LastAt = now, Occurrences = [new PlannedOccurrence(occurrence, [new ExecutionQueued(execution), job])] };
    }

    private static IExecutionStore Executions(TestNode node) => node.Provider.GetRequiredService<IExecutionStore>();

    private static async Task<TestNode> CreateAsync() => (await PostgreSqlDatabase.CreateAsync()).Node;

    private static async Task<Webhook> NewWebhookAsync(TestNode node, TimeSpan due)
    {
        var schedule = await node.Provider.GetRequiredService<IScheduleStore>().CreateAsync(
            now => new Schedule
            {
                AccountId = Guid.NewGuid(), Name = "n", Type = 1, CreatedAt = now, UpdatedAt = now,
                Recurrence = new Recurrence { Id = Guid.NewGuid(), Kind = Schedule.RecurrenceKind, Expression = "* * * * *", NextAt = now + due },
            },
            Cancellation);
        var webhook = new Webhook
        {
            Id = Guid.NewGuid(), ScheduleId = schedule.Id, Url = "https://receiver.example", Method = "POST", SealedSecret = "s",
            CreatedAt = schedule.CreatedAt, UpdatedAt = schedule.CreatedAt,
        };
        Assert.True(await node.Provider.GetRequiredService<IWebhookStore>().CreateAsync(webhook, Cancellation));
        return webhook;
    }

    private static async Task<Execution[]> AddAsync(TestNode node, int count)
    {
        var webhook = await NewWebhookAsync(node, TimeSpan.FromDays(1));
        Execution[] executions = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).Select(root => new Execution
        {
            Id = root, RootId = root, ScheduleId = webhook.ScheduleId, WebhookId = webhook.Id, ScheduledAt = webhook.CreatedAt, CreatedAt = webhook.CreatedAt,
        })];
        Assert.True(await Executions(node).AddAsync(executions, [.. executions.Select(_ => new JobRequest { Id = JobId.New(TimeProvider.System), Kind = Kind, Payload = "{}" })], Cancellation));
        return executions;
    }

    private static async Task<JobCompletion[]> ClaimAsync(TestNode node, Execution[] executions, Func<Execution, JobEffect> effect)
    {
        var request = new ClaimRequest { Owner = "o", Kinds = [Kind], MaxJobs = executions.Length, StartAtOnce = executions.Length, Lease = TimeSpan.FromMinutes(1) };
        var claimed = await node.Jobs.ClaimAsync(request, Cancellation);
        Assert.Equal(executions.Length, claimed.Count);
        return [.. claimed.Select((job, index) => new JobCompletion { Lease = job.Lease, State = JobState.Succeeded, Effects = [effect(executions[index])] })];
    }

    /// <summary>Counts what the driver says it sent on behalf of a call.</summary>
    private static async Task<(int Commands, T Result)> CountAsync<T>(Func<Task<T>> call)
    {
        using var source = new ActivitySource(nameof(RoundTripTests));
        var commands = 0;
        ActivityTraceId trace = default;
        using var listener = new ActivityListener
        {
            ShouldListenTo = one => one.Name == source.Name || one.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = one =>
            {
                if (one.Source.Name == "Npgsql" && one.TraceId == trace && one.GetTagItem("db.query.text") is not null)
                {
                    Interlocked.Increment(ref commands);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("call");
        trace = activity!.TraceId;
        var result = await call();
        return (commands, result);
    }
}
