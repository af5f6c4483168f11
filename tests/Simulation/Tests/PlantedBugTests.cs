using Switchyard.Simulation.Commands;

namespace Switchyard.Simulation.Tests;

/// <summary>The simulator finds bugs: known ones, planted into a copy of src, within the seeds that CI runs.</summary>
[Collection("simulator")]
public sealed class PlantedBugTests
{
    private const int EachDay = 3;

    public static TheoryData<string> Names() => [.. Bugs().Select(bug => bug.Name)];

    [Fact]
    public void There_are_at_least_fifteen() => Assert.InRange(Bugs().Count, 15, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public void Bug_can_be_planted(string name)
    {
        var bug = Bugs().Single(bug => bug.Name == name);

        Assert.NotEmpty(bug.Replacements);
        Assert.All(bug.Replacements, replacement =>
        {
            var text = File.ReadAllText(Path.Combine(SourceCopy.FindRoot(), replacement.File));
            Assert.NotEqual(text, bug.Apply(replacement, text));
        });
    }

    /// <summary>Builds a copy three times, which takes a minute or two: in CI, three others each day.</summary>
    [Fact]
    public async Task Bugs_of_the_day_are_found()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "CI plants three bugs a day. All of them: dotnet run --project tests/Simulation/Simulator -- planted");
        var bugs = Bugs();
        var day = TimeProvider.System.GetUtcNow().DayOfYear;
        using var copy = SourceCopy.Make();
        foreach (var bug in Enumerable.Range(0, EachDay).Select(index => bugs[(day * EachDay + index) % bugs.Count]))
        {
            var report = await PlantedCommand.FindAsync(copy, bug, new SimulatorArguments());

            TestContext.Current.TestOutputHelper!.WriteLine($"{bug.Name}: {report.Failure} (seed {report.FailedSeed}, after {report.Seeds})");
            Assert.NotNull(report.Failure);
        }
    }

    private static IReadOnlyList<PlantedBug> Bugs() => PlantedBug.All(SourceCopy.FindRoot());
}
