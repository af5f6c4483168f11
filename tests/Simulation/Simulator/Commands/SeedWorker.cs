using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Simulation.Checking;
using Switchyard.Simulation.Cluster;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Commands;

/// <summary>Runs histories, in a process of its own whose thread pool has one thread.</summary>
internal static class SeedWorker
{
    public const string Name = "worker";

    /// <summary>Begins the last line, which holds the report; all others are for people.</summary>
    public const string ReportMark = "#report ";

    public static int Run(SimulatorArguments arguments)
    {
        if (!ThreadPool.SetMaxThreads(1, 1))
        {
            Console.WriteLine("The thread pool can't be brought down to one thread; start this by the command without 'worker'.");
            return 2;
        }

        // The container would compile its services on the pool, which costs more here than it saves.
        AppContext.SetSwitch("Microsoft.Extensions.DependencyInjection.DisableDynamicEngine", true);
        var report = new Report();
        foreach (var seed in SeedsOf(arguments))
        {
            if (!Run(seed, arguments, report))
            {
                break;
            }
        }

        Console.WriteLine(ReportMark + JsonSerializer.Serialize(report));
        return report.Failure is null ? 0 : 1;
    }

    private static IEnumerable<ulong> SeedsOf(SimulatorArguments arguments) =>
        [.. arguments.Known ? KnownSeeds.All : [], .. Enumerable.Range(0, arguments.Seeds).Select(index => arguments.From + (ulong)(index * arguments.Step))];

    private static bool Run(ulong seed, SimulatorArguments arguments, Report report)
    {
        var plan = Planner.Make(seed);
        plan = arguments.Faults is { } faults ? plan with { Faults = [.. plan.Faults.Where(fault => faults.Contains(fault.Number))] } : plan;
        var world = new World(plan, arguments.Log || arguments.Digest);
        var history = world.Run();
        report.Add(history);
        if (arguments.Log)
        {
            Console.Write(world.Log!.Text);
        }

        if (arguments.Digest)
        {
            Console.WriteLine($"{seed} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(world.Log!.Text)))}");
        }

        var violations = Checker.Judge(history);
        if (violations.Count == 0)
        {
            return true;
        }

        report.Failure = $"{violations[0].Rule}: {violations[0].What}";
        report.FailedSeed = seed;
        Failure.Print(plan, violations, shrinks: arguments.Faults is null);
        return false;
    }
}
