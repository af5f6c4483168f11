using System.Collections.Concurrent;
using Switchyard.FaultRig.Databases;
using Switchyard.FaultRig.History;
using Switchyard.FaultRig.Processes;

namespace Switchyard.FaultRig.Faults;

/// <summary>What faults are done to.</summary>
internal sealed class Battlefield(RigSettings settings, RigDatabase database, IReadOnlyList<Node> workers, Node submitter, Random random)
{
    private readonly ConcurrentBag<Task> _later = [];
    private readonly ConcurrentBag<Outage> _outages = [];

    public RigSettings Settings => settings;

    public RigDatabase Database => database;

    public IReadOnlyList<Node> Workers => workers;

    public Node Submitter => submitter;

    public IReadOnlyList<Outage> Outages => [.. _outages];

    /// <summary>Gets the time from one fault to the next, never twice the same.</summary>
    public TimeSpan Breath() => TimeSpan.FromMilliseconds(random.Next(300, 2200));

    public int Next(int below) => random.Next(below);

    /// <summary>Waits for a worker that is up, and picks any of them.</summary>
    public async Task<WorkerProcess?> PickAsync()
    {
        for (var tries = 0; tries < 300; tries++)
        {
            WorkerProcess[] up = [.. workers.Select(node => node.Current).OfType<WorkerProcess>().Where(process => process.IsUp)];
            if (up.Length > 0)
            {
                return up[random.Next(up.Length)];
            }

            await Task.Delay(100);
        }

        return null;
    }

    /// <summary>Notes that the store, or somebody's way to it, was not there while something was done.</summary>
    public async Task WithoutStoreAsync(string what, Func<Task> work)
    {
        var from = RigClock.Now;
        await work();
        _outages.Add(new Outage(from, RigClock.Now, what));
    }

    /// <summary>Lets something go on behind the faults that follow.</summary>
    public void Later(Task task) => _later.Add(task);

    /// <summary>Waits for all that goes on behind.</summary>
    public Task SettleAsync() => Task.WhenAll(_later);
}
