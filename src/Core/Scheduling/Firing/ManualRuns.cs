using System.Diagnostics;
using Microsoft.Extensions.Options;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Firing;

/// <summary>Runs schedules by hand.</summary>
internal sealed class ManualRuns(
    AccountAccess access, IWebhookStore webhooks, IExecutionStore executions, IOptions<SchedulingOptions> options, TimeProvider timeProvider)
{
    // Every round means that a webhook or the schedule itself was removed meanwhile.
    private const int MaxRounds = 5;

    public async Task<RunResult> RunAsync(string subject, Guid id, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var (schedule, refusal) = await access.ScheduleAsync(subject, id, cancellationToken).ConfigureAwait(false);
            if (schedule is null)
            {
                return new RunResult.Refused(refusal!);
            }

            var all = await webhooks.ListAsync(id, cancellationToken).ConfigureAwait(false);
            var firing = Make(id, [.. all.Where(webhook => webhook.DisabledAt is null).Select(webhook => webhook.Id)]);
            var jobs = firing.Where(execution => execution.Status == ExecutionStatus.Queued)
                .Select(execution => DeliveryJobs.Of(execution, schedule.Recurrence, options.Value.MaxAttempts) with { TraceParent = Activity.Current?.Id })
                .ToArray();
            if (await executions.AddAsync(firing, jobs, cancellationToken).ConfigureAwait(false))
            {
                return new RunResult.Stored(firing);
            }
        }

        return new RunResult.Refused(Refusals.Conflict("The job's webhooks keep changing while it is being run."));
    }

    private Execution[] Make(Guid schedule, Guid[] targets)
    {
        // Not the instant alone makes the id: two runs by hand, or one and a firing, may fall into the same moment.
        var now = timeProvider.GetUtcNow();
        var run = Guid.CreateVersion7(now);
        return targets.Length == 0
            ? [Firings.Undeliverable(OccurrenceId.Of(schedule, $"manual/{run:D}"), schedule, ExecutionTrigger.Manual, now, now)]
            : [.. targets.Select(webhook => Firings.Queued(OccurrenceId.Of(schedule, $"manual/{run:D}/{webhook:D}"), schedule, webhook, ExecutionTrigger.Manual, now, now))];
    }
}
