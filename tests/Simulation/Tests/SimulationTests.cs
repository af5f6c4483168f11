using System.Globalization;
using Switchyard.Simulation.Commands;

namespace Switchyard.Simulation.Tests;

/// <summary>The kernel keeps its promises in thousands of histories full of faults.</summary>
[Collection("simulator")]
public sealed class SimulationTests
{
    private static readonly string Simulator = typeof(SimulateCommand).Assembly.Location;

    private static int Seeds => int.Parse(Environment.GetEnvironmentVariable("SWITCHYARD_SEEDS") ?? "2000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_promise_is_kept_in_every_history()
    {
        var report = await SimulateAsync(new SimulatorArguments { Seeds = Seeds });

        TestContext.Current.TestOutputHelper!.WriteLine(SimulateCommand.Describe(report));
        Assert.Null(report.Failure);
        Assert.Equal(Seeds + KnownSeeds.All.Count, report.Seeds);
        Assert.Empty(SimulateCommand.Rare(report));
    }

    [Fact]
    public async Task One_seed_is_one_history()
    {
        var arguments = new SimulatorArguments { From = 101, Seeds = 30, Processes = 1, Known = false, Digest = true };
        var first = new List<string>();
        var second = new List<string>();

        await Task.WhenAll(SimulateAsync(arguments, first), SimulateAsync(arguments, second));

        Assert.Equal(30, first.Select(line => line.Split(' ')[1]).Distinct().Count());
        Assert.Equal(first, second);
    }

    private static async Task<Report> SimulateAsync(SimulatorArguments arguments, List<string>? lines = null)
    {
        var output = TestContext.Current.TestOutputHelper!;
        return await SimulateCommand.SimulateAsync(arguments, Simulator, lines is null ? output.WriteLine : lines.Add);
    }
}
