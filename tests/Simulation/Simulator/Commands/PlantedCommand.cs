namespace Switchyard.Simulation.Commands;

/// <summary>Breaks a copy of src in known ways, one by one, and asserts that the ordinary command finds each.</summary>
internal static class PlantedCommand
{
    public static async Task<int> RunAsync(SimulatorArguments arguments)
    {
        using var copy = SourceCopy.Make();
        var bugs = PlantedBug.All(copy.Origin).Where(bug => arguments.Names.Count == 0 || arguments.Names.Any(name => bug.Name.Contains(name, StringComparison.Ordinal))).ToArray();
        var missed = 0;
        Console.WriteLine($"{"Planted bug",-44}{"Found by seed",-15}By the promise");
        foreach (var bug in bugs)
        {
            var report = await FindAsync(copy, bug, arguments);
            missed += report.Failure is null ? 1 : 0;
            Console.WriteLine($"{bug.Name,-44}{(report.Failure is null ? "-" : report.FailedSeed),-15}{report.Failure?.Split(": ")[0] ?? "NOT FOUND"}");
        }

        Console.WriteLine($"{bugs.Length - missed} of {bugs.Length} found within {arguments.Seeds:N0} seeds");
        return missed == 0 && bugs.Length > 0 ? 0 : 1;
    }

    /// <summary>Plants a bug into the copy, builds it, and runs the seeds.</summary>
    public static async Task<Report> FindAsync(SourceCopy copy, PlantedBug bug, SimulatorArguments arguments)
    {
        using var planted = copy.Plant(bug);
        var simulator = await copy.BuildAsync(bug);
        var report = await SimulateCommand.SimulateAsync(arguments with { Known = false }, simulator, _ => { });

        // A simulator that can't run the copy has found nothing.
        return report.Failure is null || report.FailedSeed > 0 ? report : throw new InvalidOperationException($"{bug.Name}: {report.Failure}");
    }
}
