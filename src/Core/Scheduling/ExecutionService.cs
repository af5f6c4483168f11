using Switchyard.Scheduling.Replaying;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling;

/// <summary>Shows and replays executions for the clients of the API. Refusals are in the order of <see cref="ScheduleService"/>.</summary>
public sealed class ExecutionService
{
    private readonly Replays _replays;
    private readonly AccountAccess _access;
    private readonly IExecutionStore _executions;

    internal ExecutionService(Replays replays, AccountAccess access, IExecutionStore executions)
    {
        _replays = replays;
        _access = access;
        _executions = executions;
    }

    /// <summary>Lists the executions of a schedule, newest first, without bodies and headers of answers.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="jobId">The schedule.</param>
    /// <param name="status">The status; <see langword="null"/> for any.</param>
    /// <param name="skip">How many to pass over, from 0.</param>
    /// <param name="limit">How many to give at the most, 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ExecutionListResult> ListAsync(string subject, Guid jobId, ExecutionStatus? status, int skip, int limit, CancellationToken cancellationToken = default)
    {
        if (PageRules.Check(skip, limit) is { } wrongPage)
        {
            return new ExecutionListResult.Refused(wrongPage);
        }

        var (schedule, refusal) = await _access.ScheduleAsync(subject, jobId, cancellationToken).ConfigureAwait(false);
        if (schedule is null)
        {
            return new ExecutionListResult.Refused(refusal!);
        }

        var query = new ExecutionQuery { ScheduleId = jobId, Status = status, Skip = skip, Limit = limit };
        return new ExecutionListResult.Listed(await _executions.ListAsync(query, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Gets an execution with all of its answer.</summary>
    public async Task<ExecutionResult> FindAsync(string subject, Guid id, CancellationToken cancellationToken = default)
    {
        var (execution, _, refusal) = await _access.ExecutionAsync(subject, id, cancellationToken).ConfigureAwait(false);
        return execution is null ? new ExecutionResult.Refused(refusal!) : new ExecutionResult.Done(execution);
    }

    /// <summary>Replays the firing of an execution, whose last attempt must have ended without success: it goes on counting its attempts, with up to 3 more.</summary>
    /// <remarks>Refused with 409 while an attempt is unfinished, where the firing has succeeded, and where its webhook is gone.</remarks>
    public Task<ExecutionResult> ReplayAsync(string subject, Guid id, CancellationToken cancellationToken = default) =>
        _replays.ReplayAsync(subject, id, cancellationToken);

    /// <summary>Replays many firings, the oldest first, one after another by <see cref="SchedulingOptions.ReplayStagger"/>. Who asked is stored along.</summary>
    public Task<ReplayManyResult> ReplayManyAsync(string subject, ReplayMany request, CancellationToken cancellationToken = default) =>
        _replays.ReplayManyAsync(subject, request, cancellationToken);
}
