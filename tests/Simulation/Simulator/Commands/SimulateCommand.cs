namespace Switchyard.Simulation.Commands;

/// <summary>Shares the seeds out to processes, and tells what came of it.</summary>
internal static class SimulateCommand
{
    private const double LeastShare = 0.05;
    private const int EnoughForShares = 500;

    public static async Task<int> RunAsync(SimulatorArguments arguments)
    {
        var report = await SimulateAsync(arguments, typeof(SimulateCommand).Assembly.Location, Console.WriteLine);
        Console.WriteLine(Describe(report));
        var rare = Rare(report).ToArray();
        foreach (var name in rare)
        {
            Console.WriteLine($"Too rare: {name}");
        }

        return report.Failure is null && rare.Length == 0 ? 0 : 1;
    }

    /// <summary>Runs the seeds in processes of a built simulator.</summary>
    public static async Task<Report> SimulateAsync(SimulatorArguments arguments, string assembly, Action<string> print)
    {
        var processes = Math.Min(arguments.Processes, arguments.Seeds);
        using var failed = new CancellationTokenSource();
        var reports = await Task.WhenAll(Enumerable.Range(0, processes).Select(async part =>
        {
            var report = await WorkerProcess.RunAsync(assembly, ArgumentsOf(arguments, part, processes), print, failed.Token);
            if (report.Failure is not null)
            {
                await failed.CancelAsync();
            }

            return report;
        }));
        var sum = new Report();
        Array.ForEach(reports, sum.Add);
        return sum;
    }

    /// <summary>Gets what happened in too few seeds to prove anything.</summary>
    public static IEnumerable<string> Rare(Report report) =>
        report.Seeds < EnoughForShares || report.Failure is not null ? [] : report.SeedsWith.Where(pair => pair.Value < LeastShare * report.Seeds).Select(pair => $"{pair.Key} in {pair.Value} of {report.Seeds} seeds");

    public static string Describe(Report report)
    {
        var lines = report.SeedsWith.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"  {100.0 * pair.Value / Math.Max(1, report.Seeds),5:0.0} %  {pair.Key}");
        return $"""
            {report.Seeds:N0} seeds, {report.Faults:N0} faults, {report.Runs:N0} handler runs, {report.Calls:N0} store calls, {report.VirtualHours:N0} virtual hours{(report.Failure is null ? ", every promise kept" : "")}
            Share of seeds that met:
            {string.Join('\n', lines)}
            """;
    }

    private static IEnumerable<string> ArgumentsOf(SimulatorArguments arguments, int part, int processes)
    {
        var seeds = (arguments.Seeds - part + processes - 1) / processes;
        yield return "--from";
        yield return $"{arguments.From + (ulong)part}";
        yield return "--seeds";
        yield return $"{seeds}";
        yield return "--step";
        yield return $"{processes}";
        if (part > 0 || !arguments.Known)
        {
            yield return "--new";
        }

        if (arguments.Log)
        {
            yield return "--log";
        }

        if (arguments.Digest)
        {
            yield return "--digest";
        }

        if (arguments.Faults is { } faults)
        {
            yield return "--faults";
            yield return string.Join(',', faults);
        }
    }
}
