using Switchyard.Jobs.Operations;
using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Cluster;

/// <summary>The registry of nodes as a process sees it: over the same network as the store.</summary>
internal sealed class NodesLink(World world, Process process, INodeRegistry registry) : INodeRegistry
{
    private readonly Wire _wire = new(world, process);

    public Task HeartbeatAsync(JobNode node, CancellationToken cancellationToken) => SendAsync(() => registry.HeartbeatAsync(node, CancellationToken.None), cancellationToken);

    public Task LeaveAsync(string name, CancellationToken cancellationToken) => SendAsync(() => registry.LeaveAsync(name, CancellationToken.None), cancellationToken);

    public Task<IReadOnlyList<JobNode>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException("No worker reads the registry.");

    private Task<bool> SendAsync(Func<Task> call, CancellationToken cancellationToken) =>
        _wire.SendAsync(
            new StoreCall { Number = world.History.Calls.Count, Caller = process.Life, Operation = "node", SentAt = world.Agenda.Now },
            _ =>
            {
                call().GetAwaiter().GetResult();
                return true;
            },
            cancellationToken);
}
