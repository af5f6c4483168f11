using Switchyard.Simulation.Checking;
using Switchyard.Simulation.Cluster;
using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Commands;

/// <summary>Tells of a history that broke a promise, with as few faults as it takes.</summary>
internal static class Failure
{
    private const int MostRuns = 150;
    private const int MostLines = 80;

    public static void Print(Plan plan, IReadOnlyList<Violation> violations, bool shrinks)
    {
        var small = shrinks ? Shrink(plan, violations[0].Rule) : plan;
        var world = new World(small, logged: true);
        var found = Checker.Judge(world.Run());
        var first = found.FirstOrDefault(violation => violation.Rule == violations[0].Rule) ?? violations[0];
        Console.WriteLine($"""

            Seed {plan.Seed} breaks a promise: {first.Rule}
              at {first.At:c}: {first.What}
            {found.Count} in all, with {small.Faults.Count} of {plan.Faults.Count} faults:
            """);
        foreach (var fault in small.Faults)
        {
            Console.WriteLine($"  {fault}");
        }

        Console.WriteLine("The events that matter:");
        foreach (var line in Matter(world.Log!.Text, first))
        {
            Console.WriteLine($"  {line}");
        }

        var numbers = string.Join(',', small.Faults.Select(fault => fault.Number));
        Console.WriteLine($"""
            Replay: dotnet run --project tests/Simulation/Simulator -- --seed {plan.Seed} --log --faults {(numbers.Length > 0 ? numbers : ",")}
            or with all its faults: dotnet run --project tests/Simulation/Simulator -- --seed {plan.Seed} --log

            """);
    }

    /// <summary>Leaves faults out, by halves first, for as long as the same promise is broken.</summary>
    private static Plan Shrink(Plan plan, string rule)
    {
        var runs = 0;
        for (var size = Math.Max(1, plan.Faults.Count / 2); size >= 1; size /= 2)
        {
            for (var start = 0; start < plan.Faults.Count && runs < MostRuns; runs++)
            {
                var fewer = plan with { Faults = [.. plan.Faults.Take(start), .. plan.Faults.Skip(start + size)] };
                if (Checker.Judge(new World(fewer, logged: false).Run()).Any(violation => violation.Rule == rule))
                {
                    plan = fewer;
                }
                else
                {
                    start += size;
                }
            }
        }

        return plan;
    }

    /// <summary>Keeps the lines about the job, and about the nodes as such.</summary>
    private static string[] Matter(string log, Violation violation)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var matter = lines.Where(line => violation.Job is not { } job || Names(line, job) || line.Contains(" world ", StringComparison.Ordinal) || IsAboutNode(line)).ToArray();
        return matter.Length <= MostLines ? matter : [.. matter.Take(MostLines / 2), $"… {matter.Length - MostLines} lines …", .. matter.TakeLast(MostLines / 2)];
    }

    private static bool Names(string line, int job)
    {
        var name = $"j{job}";
        var at = line.IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && (at + name.Length == line.Length || !char.IsAsciiDigit(line[at + name.Length]));
    }

    private static bool IsAboutNode(string line) =>
        line.EndsWith("starts", StringComparison.Ordinal) || line.EndsWith("is killed", StringComparison.Ordinal) || line.EndsWith("goes on", StringComparison.Ordinal)
        || line.Contains("stop", StringComparison.Ordinal) || line.Contains("stands still", StringComparison.Ordinal);
}
