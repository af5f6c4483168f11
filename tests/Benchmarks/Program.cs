using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Switchyard.Benchmarks.Ingest.CreateStart;
using Switchyard.Benchmarks.Jobs;
using Switchyard.Benchmarks.Scheduling;

namespace Switchyard.Benchmarks;

/// <summary>Runs benchmarks: <c>list</c>, <c>all</c>, or the name of one with its arguments.</summary>
internal static class Program
{
    private const int WrongUse = 64;

    private static async Task<int> Main(string[] args)
    {
        // Before any type of SQLite is touched: see SqliteRuntime.
        RuntimeHelpers.RunModuleConstructor(typeof(SwitchyardSqliteExtensions).Module.ModuleHandle);
        switch (args)
        {
            case [BareServer.Verb, .. var rest]:
                return await BareServer.RunAsync(rest);
            case [WorkerProgram.Verb]:
                return await WorkerProgram.RunAsync();
            case [ReceiverProgram.Verb, .. var rest]:
                return await ReceiverProgram.RunAsync(rest);
            case [DeliveryProgram.Verb]:
                return await DeliveryProgram.RunAsync();
            default:
                return await ChooseAsync(args);
        }
    }

    private static async Task<int> ChooseAsync(string[] args)
    {
        var all = Find();
        switch (args)
        {
            case ["list"]:
                Array.ForEach(all, benchmark => Console.WriteLine($"{benchmark.Name,-20} {benchmark.Summary}"));
                return 0;
            case ["all"]:
                return await RunAsync(all, []);
            case [var name, .. var arguments] when all.SingleOrDefault(benchmark => benchmark.Name == name) is { } one:
                return await RunAsync([one], arguments);
            default:
                await Console.Error.WriteLineAsync($"Say list, all, or one of: {string.Join(", ", all.Select(benchmark => benchmark.Name))}.");
                return WrongUse;
        }
    }

    // By reflection, so that a new one can't be left off the list.
    private static IBenchmark[] Find() =>
    [
        .. typeof(Program).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IBenchmark)) && type is { IsAbstract: false })
            .Select(type => (IBenchmark)Activator.CreateInstance(type)!).OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal),
    ];

    /// <returns>1 where anything failed, else 0; what is void says so, and proves nothing.</returns>
    private static async Task<int> RunAsync(IBenchmark[] benchmarks, string[] args)
    {
        List<(string Name, Verdict Verdict)> verdicts = [];
        foreach (var benchmark in benchmarks)
        {
            Console.WriteLine($"== {benchmark.Name}: {benchmark.Summary}");
            verdicts.Add((benchmark.Name, await RunAsync(benchmark, args)));
        }

        Console.WriteLine();
        verdicts.ForEach(of => Console.WriteLine($"{of.Verdict.ToString().ToUpperInvariant(),-5} {of.Name}"));
        return verdicts.Any(of => of.Verdict == Verdict.Fail) ? 1 : 0;
    }

    private static async Task<Verdict> RunAsync(IBenchmark benchmark, string[] args)
    {
        try
        {
            return await benchmark.RunAsync(args);
        }
        catch (Exception exception)
        {
            // One that can't run mustn't keep the rest from it, nor pass.
            await Console.Error.WriteLineAsync(exception.ToString());
            return Verdict.Fail;
        }
    }
}
