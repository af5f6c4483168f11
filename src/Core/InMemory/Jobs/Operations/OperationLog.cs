using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Keeps what people did, in order. Every member needs the database's lock.</summary>
internal sealed class OperationLog(TimeProvider timeProvider)
{
    private readonly List<JobOperation> _operations = [];

    public Guid Add(string action, string actor, string reason, string target, long changed, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(timeProvider.GetUtcNow());
        _operations.Add(new JobOperation { Id = id, Action = action, Actor = actor, Reason = reason, Target = target, Changed = changed, At = now });
        return id;
    }

    public IReadOnlyList<JobOperation> Latest(int limit) => [.. _operations.AsEnumerable().Reverse().Take(limit)];
}
