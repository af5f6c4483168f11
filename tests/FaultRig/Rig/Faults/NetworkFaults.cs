using Switchyard.FaultRig.Databases;
using Switchyard.FaultRig.Proxy;

namespace Switchyard.FaultRig.Faults;

/// <summary>The reply to a commit is dropped, with its connection: for every node the next three.</summary>
internal sealed class DropCommitReplies(PostgreSqlRigDatabase database) : IFault
{
    public string Name => "commit replies dropped";

    public async Task<int> InflictAsync(Battlefield field)
    {
        var before = Dropped();
        foreach (var proxy in database.Proxies)
        {
            proxy.DropCommitReplies(3);
        }

        await field.WithoutStoreAsync(Name, async () =>
        {
            // Somebody commits something before long, unless all of them are just starting.
            for (var waits = 0; waits < 10 || (waits < 80 && Dropped() == before); waits++)
            {
                await Task.Delay(250);
            }
        });
        foreach (var proxy in database.Proxies)
        {
            proxy.DropCommitReplies(0);
        }

        return Dropped() - before;
    }

    private int Dropped() => database.Proxies.Sum(proxy => proxy.Dropped);
}

/// <summary>Every connection of every node is reset.</summary>
internal sealed class CutConnections(PostgreSqlRigDatabase database) : IFault
{
    public string Name => "connections reset";

    public async Task<int> InflictAsync(Battlefield field)
    {
        await field.WithoutStoreAsync(Name, () =>
        {
            foreach (var proxy in database.Proxies)
            {
                proxy.CutAll();
            }

            return Task.CompletedTask;
        });
        return 1;
    }
}

/// <summary>One node's way to the server swallows everything for longer than the lease, while its handlers go on.</summary>
internal sealed class Partition(PostgreSqlRigDatabase database) : IFault
{
    public string Name => "a node cut off for 2 leases";

    public Task<int> InflictAsync(Battlefield field)
    {
        var proxy = database.Proxies[field.Next(field.Workers.Count)];
        field.Later(field.WithoutStoreAsync(Name, async () =>
        {
            proxy.Mode = ProxyMode.Blackhole;
            await Task.Delay(field.Settings.Lease * 2);

            // Like a route that comes back: what was under way on it is lost.
            proxy.CutAll();
            proxy.Mode = ProxyMode.Pass;
        }));
        return Task.FromResult(1);
    }
}
