using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

/// <summary>Proves a registry of workers: each test is an obligation of <see cref="INodeRegistry"/>.</summary>
public abstract class NodeRegistryConformance : JobOperationsConformance
{
    private INodeRegistry Nodes => Fixture.Nodes;

    /// <summary>Everything that a worker says of itself comes back.</summary>
    [Fact]
    public async Task Worker_that_was_heard_of_is_listed_with_all_that_it_said()
    {
        await HeartbeatAsync(NewNode("node-1") with { StartedAt = DateTimeOffset.UnixEpoch, SeenAt = DateTimeOffset.UnixEpoch });

        var node = Assert.Single(await Nodes.ListAsync(Cancellation));

        var now = await NowAsync();
        Assert.Equal(["import", "export"], node.Kinds);
        Assert.Equal(NewNode("node-1") with { Kinds = node.Kinds, StartedAt = now, SeenAt = now }, node);
    }

    /// <summary>A later word stands in place of the earlier, by the store's clock.</summary>
    [Fact]
    public async Task Later_heartbeat_replaces_what_was_said_and_keeps_when_the_worker_was_first_heard_of()
    {
        await HeartbeatAsync(NewNode("node-1"));
        var first = await NowAsync();
        await AdvanceAsync(10);

        await HeartbeatAsync(NewNode("node-1") with { Version = "2", Kinds = ["export"], Concurrency = 9, Running = 8, Buffered = 7 });

        var node = Assert.Single(await Nodes.ListAsync(Cancellation));
        Assert.Equal(["export"], node.Kinds);
        Assert.Equal(("2", 9, 8, 7, first, first + TimeSpan.FromSeconds(10)), (node.Version, node.Concurrency, node.Running, node.Buffered, node.StartedAt, node.SeenAt));
    }

    /// <summary>By name.</summary>
    [Fact]
    public async Task Workers_are_listed_by_name()
    {
        foreach (var name in new[] { "node-3", "node-1", "node-2" })
        {
            await HeartbeatAsync(NewNode(name));
        }

        Assert.Equal(["node-1", "node-2", "node-3"], await NamesAsync());
    }

    /// <summary>An orderly stop leaves no trace.</summary>
    [Fact]
    public async Task Worker_that_leaves_is_forgotten_and_the_others_are_not()
    {
        await HeartbeatAsync(NewNode("node-1"));
        await HeartbeatAsync(NewNode("node-2"));

        await Nodes.LeaveAsync("node-1", Cancellation);
        await Nodes.LeaveAsync("node-1", Cancellation);
        await Nodes.LeaveAsync("nobody", Cancellation);

        Assert.Equal(["node-2"], await NamesAsync());
    }

    /// <summary>Who comes back is new.</summary>
    [Fact]
    public async Task Worker_that_left_and_comes_back_was_first_heard_of_then()
    {
        await HeartbeatAsync(NewNode("node-1"));
        await Nodes.LeaveAsync("node-1", Cancellation);
        await AdvanceAsync(10);

        await HeartbeatAsync(NewNode("node-1"));

        var node = Assert.Single(await Nodes.ListAsync(Cancellation));
        Assert.Equal((node.SeenAt, await NowAsync()), (node.StartedAt, node.SeenAt));
    }

    /// <summary>A dead worker stays to be seen for a day.</summary>
    [Fact]
    public async Task Worker_that_was_not_heard_of_for_a_day_is_forgotten_at_the_next_heartbeat_of_any()
    {
        await HeartbeatAsync(NewNode("node-1"));
        await AdvanceAsync(23 * 3600);
        await HeartbeatAsync(NewNode("node-2"));
        Assert.Equal(["node-1", "node-2"], await NamesAsync());
        await AdvanceAsync(2 * 3600);

        await HeartbeatAsync(NewNode("node-3"));

        Assert.Equal(["node-2", "node-3"], await NamesAsync());
    }

    /// <summary>Names as long as allowed are kept.</summary>
    [Fact]
    public async Task Names_of_the_greatest_length_are_kept_whole()
    {
        await HeartbeatAsync(NewNode(new string('n', 128)) with { Version = new string('v', 128), Kinds = [new string('k', 128)] });

        var node = Assert.Single(await Nodes.ListAsync(Cancellation));
        Assert.Equal((new string('n', 128), new string('v', 128), new string('k', 128)), (node.Name, node.Version, Assert.Single(node.Kinds)));
    }

    /// <summary>What is out of bounds is refused.</summary>
    [Theory]
    [InlineData(129, 1)]
    [InlineData(1, 129)]
    public async Task Names_that_are_too_long_are_a_programmer_error(int name, int version)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => HeartbeatAsync(NewNode(new string('n', name)) with { Version = new string('v', version) }));

        Assert.Empty(await Nodes.ListAsync(Cancellation));
    }

    /// <summary>Workers speak at once.</summary>
    [Fact]
    public async Task Parallel_heartbeats_of_several_workers_are_all_kept()
    {
        await InParallelAsync(8, async worker =>
        {
            for (var running = 1; running <= 5; running++)
            {
                await HeartbeatAsync(NewNode($"node-{worker}") with { Running = running });
            }
        });

        Assert.Equal(Enumerable.Range(0, 8).Select(worker => ($"node-{worker}", 5)), (await Nodes.ListAsync(Cancellation)).Select(node => (node.Name, node.Running)));
    }

    /// <summary>No correctness rests on the registry.</summary>
    [Fact]
    public async Task Leases_do_not_depend_on_the_registry()
    {
        await HeartbeatAsync(NewNode("worker-1"));
        var lease = await EnqueueAndClaimAsync();
        await Nodes.LeaveAsync("worker-1", Cancellation);

        Assert.Single(await Store.RenewAsync([lease], Lease, Cancellation));
        Assert.Empty(await ClaimAsync(owner: "worker-2"));
        await EndAsync(lease);
    }

    private static JobNode NewNode(string name) =>
        new() { Name = name, Version = "1.2.3+4", Kinds = ["import", "export"], Concurrency = 20, Running = 3, Buffered = 5 };

    private Task HeartbeatAsync(JobNode node) => Nodes.HeartbeatAsync(node, Cancellation);

    private async Task<string[]> NamesAsync() => [.. (await Nodes.ListAsync(Cancellation)).Select(node => node.Name)];

    private async Task<DateTimeOffset> NowAsync() => (await GetAsync((await EnqueueAsync(NewRequest(OtherKind)))[0])).CreatedAt;
}
