using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

public abstract class NodeRegistryTests : OperationsTests
{
    [Fact]
    public async Task Worker_keeps_when_it_was_first_heard_of_until_it_leaves()
    {
        await Fixture.Nodes.HeartbeatAsync(NewNode("b", running: 1), Cancellation);
        await Fixture.Nodes.HeartbeatAsync(NewNode("a", running: 0), Cancellation);
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(3));
        await Fixture.Nodes.HeartbeatAsync(NewNode("b", running: 5), Cancellation);

        var nodes = await Fixture.Nodes.ListAsync(Cancellation);
        Assert.Equal(["a", "b"], nodes.Select(node => node.Name));
        Assert.Equal((nodes[0].SeenAt, nodes[0].SeenAt + TimeSpan.FromMinutes(3)), (nodes[1].StartedAt, nodes[1].SeenAt));
        Assert.Equal(("1.2", 10, 5, 2), (nodes[1].Version, nodes[1].Concurrency, nodes[1].Running, nodes[1].Buffered));
        Assert.Equal(["mail", "größer \"x\""], nodes[1].Kinds);
        await Fixture.Nodes.LeaveAsync("b", Cancellation);
        await Fixture.Nodes.LeaveAsync("nobody", Cancellation);
        Assert.Equal("a", Assert.Single(await Fixture.Nodes.ListAsync(Cancellation)).Name);
    }

    [Fact]
    public async Task Worker_that_was_not_heard_of_for_a_day_is_forgotten_by_the_next_heartbeat_even_its_own()
    {
        await Fixture.Nodes.HeartbeatAsync(NewNode("old"), Cancellation);
        await Fixture.Nodes.HeartbeatAsync(NewNode("back"), Cancellation);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(25));
        Assert.Equal(2, (await Fixture.Nodes.ListAsync(Cancellation)).Count);

        await Fixture.Nodes.HeartbeatAsync(NewNode("back"), Cancellation);

        var node = Assert.Single(await Fixture.Nodes.ListAsync(Cancellation));
        Assert.Equal(("back", node.SeenAt), (node.Name, node.StartedAt));
    }

    [Fact]
    public async Task Version_over_128_characters_is_refused()
    {
        var error = await Assert.ThrowsAnyAsync<ArgumentException>(() => Fixture.Nodes.HeartbeatAsync(NewNode("a") with { Version = new string('1', 129) }, Cancellation));

        Assert.Equal("Version", error.ParamName);
        Assert.Empty(await Fixture.Nodes.ListAsync(Cancellation));
    }

    private static JobNode NewNode(string name, int running = 0) =>
        new() { Name = name, Version = "1.2", Kinds = ["mail", "größer \"x\""], Concurrency = 10, Running = running, Buffered = 2 };
}
