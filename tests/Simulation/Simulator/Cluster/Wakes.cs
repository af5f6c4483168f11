using Switchyard.Jobs;

namespace Switchyard.Simulation.Cluster;

/// <summary>Carries the store's wake-ups to the processes, a little later each, unless they are lost.</summary>
internal sealed class Wakes(World world) : IJobSignal
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    public void Set()
    {
        foreach (var node in world.Nodes)
        {
            if (node.Process is { IsDead: false, IsBeingWoken: false } process && world.Agenda.Now >= node.DeafUntil)
            {
                process.IsBeingWoken = true;
                world.Agenda.Add(world.Dice.Between(TimeSpan.Zero, Longest), process, () =>
                {
                    process.IsBeingWoken = false;
                    process.Signal.Set();
                });
            }
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => throw new NotSupportedException("No worker runs beside the store.");
}
