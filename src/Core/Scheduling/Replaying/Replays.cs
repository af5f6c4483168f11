using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;
using Switchyard.Scheduling.Firing;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Replaying;

/// <summary>Replays firings that ended without success; who asked is stored along.</summary>
internal sealed partial class Replays(
    AccountAccess access,
    IExecutionStore executions,
    SchedulingInstruments instruments,
    IOptions<SchedulingOptions> options,
    TimeProvider timeProvider,
    ILogger<Replays> logger)
{
    private const int LongestSubject = 256;

    public async Task<ExecutionResult> ReplayAsync(string subject, Guid id, CancellationToken cancellationToken)
    {
        var (_, schedule, refusal) = await access.ExecutionAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if (schedule is null)
        {
            return new ExecutionResult.Refused(refusal!);
        }

        var result = await executions.ReplayAsync(Request(subject, schedule) with { ExecutionId = id }, cancellationToken).ConfigureAwait(false);
        Tell(result, schedule.Id);
        return result.Status switch
        {
            ReplayStatus.Replayed => new ExecutionResult.Done(result.Executions[0]),
            ReplayStatus.Unfinished => Conflict("An attempt of this firing is unfinished; it can be replayed when that has ended."),
            ReplayStatus.Succeeded => Conflict("This firing has succeeded; there is nothing to replay."),
            _ when await executions.FindAsync(id, cancellationToken).ConfigureAwait(false) is null => new ExecutionResult.Refused(Refusals.ExecutionNotFound(id)),
            _ => Conflict("The webhook of this firing was removed; there is nobody to deliver to."),
        };
    }

    public async Task<ReplayManyResult> ReplayManyAsync(string subject, ReplayMany request, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(request);
        if (request.JobId is not { } job)
        {
            return new ReplayManyResult.Refused(Check(request)!);
        }

        var (schedule, refusal) = await access.ScheduleAsync(subject, job, cancellationToken).ConfigureAwait(false);
        if ((refusal ?? Check(request)) is { } why)
        {
            return new ReplayManyResult.Refused(why);
        }

        var replay = Request(subject, schedule!) with
        {
            Filter = new() { ScheduleId = job, Status = request.Status, From = request.From, To = request.To },
            Limit = request.Limit ?? options.Value.ReplayLimit,
            Stagger = options.Value.ReplayStagger,
        };
        var result = await executions.ReplayAsync(replay, cancellationToken).ConfigureAwait(false);
        Tell(result, job);
        return result.Status == ReplayStatus.Replayed
            ? new ReplayManyResult.Replayed(result.Executions, result.Matched)
            : new ReplayManyResult.Refused(Refusals.JobNotFound(job));
    }

    private SchedulingRefusal? Check(ReplayMany request)
    {
        var problems = new ProblemList();
        problems.AddUnless(request.JobId is not null, "job_id", "is required");
        problems.AddUnless(
            request.Status is null or ExecutionStatus.Failure or ExecutionStatus.TimedOut or ExecutionStatus.DeadLetter,
            "status",
            "must be failure, timed_out or dead_letter");
        problems.AddUnless(!(request.To < request.From), "to", "must not be before from");
        var most = options.Value.ReplayLimit;
        problems.AddUnless(request.Limit is not { } limit || (limit >= 1 && limit <= most), "limit", $"must be 1 to {most}");
        return problems.ToRefusal();
    }

    private ReplayRequest Request(string subject, Schedule schedule)
    {
        var trace = Activity.Current?.Id;
        return new()
        {
            Subject = subject.Length > LongestSubject ? subject[..LongestSubject] : subject,
            At = timeProvider.GetUtcNow(),
            Job = execution => DeliveryJobs.Of(execution, schedule.Recurrence, options.Value.MaxAttempts) with { TraceParent = trace },
        };
    }

    private void Tell(ReplayResult result, Guid schedule)
    {
        if (result.Executions.Count > 0)
        {
            instruments.OnReplayed(result.Executions.Count);
            LogReplayed(result.Executions.Count, schedule);
        }
    }

    private static ExecutionResult.Refused Conflict(string message) => new(Refusals.Conflict(message));

    [LoggerMessage(EventIds.Replayed, LogLevel.Information, "{Count} firings of schedule {ScheduleId} are replayed", EventName = "Replayed")]
    private partial void LogReplayed(int count, Guid scheduleId);
}
