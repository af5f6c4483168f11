using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Keeps limits and pauses, which claims read under the same lock.</summary>
internal sealed class InMemoryJobKindStore(InMemoryDatabase database) : IJobKindStore
{
    /// <inheritdoc/>
    public Task SetLimitsAsync(string kind, JobKindLimits limits, CancellationToken cancellationToken)
    {
        OperationLimits.CheckName(kind, nameof(kind));
        OperationLimits.Check(limits);
        return database.WriteAsync(
            now =>
            {
                database.Kinds.GetOrAdd(kind).SetLimits(limits, now);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> PauseAsync(string kind, string actor, string reason, CancellationToken cancellationToken) =>
        ChangeAsync("pause", kind, actor, reason, paused: false, (row, now) => row.Pause(actor, reason, now), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ResumeAsync(string kind, string actor, string reason, CancellationToken cancellationToken) =>
        ChangeAsync("resume", kind, actor, reason, paused: true, (row, _) => row.Resume(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobKind>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(_ => database.Kinds.List(), cancellationToken);

    private Task<bool> ChangeAsync(
        string action, string kind, string actor, string reason, bool paused, Action<KindRow, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        OperationLimits.CheckName(kind, nameof(kind));
        OperationLimits.CheckWho(actor, reason);
        return database.WriteAsync(
            now =>
            {
                if (database.Kinds.IsPaused(kind) != paused)
                {
                    return false;
                }

                change(database.Kinds.GetOrAdd(kind), now);
                database.Operations.Add(action, actor, reason, kind, 0, now);
                return true;
            },
            cancellationToken);
    }
}
