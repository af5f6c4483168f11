using Switchyard.Conformance.Scheduling.Model;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

public abstract partial class ExecutionStoreConformance
{
    /// <summary>P-EX1 to 3, 7 and P-ST1: whatever is called in whatever order, each store comes to what the model says.</summary>
    [Fact]
    public void Firings_go_as_the_model_says() => ConformanceProperty.Holds(
        FiringCommand.Sequences,
        commands => Enumerable.Range(0, commands.Length).Select(left => commands.Where((_, index) => index != left).ToArray()),
        ["began", "did not begin", "lost", "ended", "stale end", "retried", "replayed", "not replayed", "pruned"],
        RunAsync,
        Fixture.PropertyCases / 2);

    private async Task<IReadOnlySet<string>> RunAsync(FiringCommand[] commands)
    {
        var (schedule, classes) = (await CreateScheduleAsync(), new HashSet<string>());
        var webhook = await CreateWebhookAsync(schedule.Id);
        FiringModel[] firings = [new(), new(), new()];
        foreach (var command in commands)
        {
            await ApplyAsync(command, firings, NewExecution(schedule.Id, webhook.Id), classes);
            await AssertAsModelledAsync(schedule, firings);
        }

        var counts = (await Schedules.CountAsync([schedule.AccountId], Cancellation)).Executions;
        AssertSame(
            new SortedDictionary<ExecutionStatus, long>(firings.SelectMany(firing => firing.Attempts.Values).CountBy(attempt => attempt.Status).ToDictionary(one => one.Key, one => (long)one.Value)),
            new SortedDictionary<ExecutionStatus, long>(counts.ToDictionary()));
        await Schedules.DeleteAsync(schedule.Id, Cancellation);
        return classes;
    }

    private async Task ApplyAsync(FiringCommand command, FiringModel[] firings, Execution template, HashSet<string> classes)
    {
        var firing = firings[command.Firing];
        switch (command)
        {
            case FiringCommand.Queue:
                firing.Queue(Now);
                await ApplyAsync(new ExecutionQueued(template with { Id = firing.Root, RootId = firing.Root }));
                break;
            case FiringCommand.Begin begin:
                var lost = firing.Attempts.Any(attempt => attempt.Key < begin.Attempt && !attempt.Value.IsEnded);
                var begins = firing.Begin(begin.Attempt, Now);
                var delivery = await BeginAsync(firing.Root, begin.Attempt);
                Assert.Equal(begins ? (begin.Attempt, ExecutionStatus.Running) : null, delivery is null ? default((int, ExecutionStatus)?) : (delivery.Execution.Attempt, delivery.Execution.Status));
                classes.Add(!begins ? "did not begin" : lost ? "lost" : "began");
                break;
            case FiringCommand.End end:
                var applies = firing.End(end.Attempt, end.Status, end.Retries, Now);
                await ApplyAsync(End(firing.Root, end.Status, end.Attempt, end.Retries ? Now.AddMinutes(1) : null));
                classes.Add(!applies ? "stale end" : end.Retries ? "retried" : "ended");
                break;
            case FiringCommand.Replay:
                // Asked for by what is there; where nothing is, by what was never there.
                var asked = firing.Attempts.Count == 0 ? firing.Root : ExecutionIds.Attempt(firing.Root, firing.Attempts.Keys.First());
                var status = firing.Replay(Now);
                Assert.Equal(status, (await Executions.ReplayAsync(Replay(asked), Cancellation)).Status);
                classes.Add(status == ReplayStatus.Replayed ? "replayed" : "not replayed");
                break;
            case FiringCommand.Prune:
                var old = firings.Sum(one => one.Prune(Now.AddSeconds(-15)));
                Assert.Equal(old, await Executions.PruneAsync(Now.AddSeconds(-15), 1000, Cancellation));
                classes.Add(old > 0 ? "pruned" : "nothing to prune");
                break;
            default:
                await Fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
                break;
        }
    }

    private async Task AssertAsModelledAsync(Schedule schedule, FiringModel[] firings)
    {
        var expected = firings.SelectMany(firing => firing.Attempts.Select(attempt => (firing.Root, Attempt: attempt.Key, attempt.Value)));
        var stored = (await ListAsync(schedule.Id)).Select(row => (row.RootId, row.Attempt, new ModelAttempt(row.Status, row.CreatedAt, row.StartedAt, row.FinishedAt)));
        Assert.Equal(expected.OrderBy(row => row.Root).ThenBy(row => row.Attempt), stored.OrderBy(row => row.RootId).ThenBy(row => row.Attempt));
    }
}
