using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Keeps the workers of this process.</summary>
internal sealed class InMemoryNodeRegistry(InMemoryDatabase database) : INodeRegistry
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private readonly SortedDictionary<string, JobNode> _nodes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task HeartbeatAsync(JobNode node, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(node);
        OperationLimits.CheckName(node.Name, nameof(node.Name));
        OperationLimits.CheckName(node.Version, nameof(node.Version));
        return database.ReadAsync(
            now =>
            {
                foreach (var silent in _nodes.Values.Where(known => known.SeenAt < now - Forgotten).ToArray())
                {
                    _nodes.Remove(silent.Name);
                }

                var since = _nodes.TryGetValue(node.Name, out var before) ? before.StartedAt : now;
                _nodes[node.Name] = node with { Kinds = [.. node.Kinds], StartedAt = since, SeenAt = now };
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task LeaveAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(_ => _nodes.Remove(name), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobNode>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JobNode>>(_ => [.. _nodes.Values], cancellationToken);
}
