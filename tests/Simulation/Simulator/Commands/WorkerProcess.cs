using System.Diagnostics;
using System.Text.Json;

namespace Switchyard.Simulation.Commands;

/// <summary>Starts the process that runs histories, with a runtime that has one processor and one thread in its pool.</summary>
internal static class WorkerProcess
{
    /// <summary>Runs it, and passes on what it prints.</summary>
    /// <param name="assembly">The built simulator.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="print">Takes each line.</param>
    /// <param name="enough">Ends it: another one has found something.</param>
    public static async Task<Report> RunAsync(string assembly, IEnumerable<string> arguments, Action<string> print, CancellationToken enough)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, SeedWorker.Name, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1";
        start.Environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1";

        // A short life: code that is compiled once and well is faster here than code that is compiled twice.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using var process = Process.Start(start)!;
        await using var ended = enough.Register(process.Kill);
        var report = new Report();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.StartsWith(SeedWorker.ReportMark, StringComparison.Ordinal))
            {
                report = JsonSerializer.Deserialize<Report>(line[SeedWorker.ReportMark.Length..])!;
            }
            else
            {
                print(line);
            }
        }

        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode is not (0 or 1) && !enough.IsCancellationRequested)
        {
            report.Failure ??= $"The process of the simulator ended with {process.ExitCode}.";
        }

        return report;
    }
}
