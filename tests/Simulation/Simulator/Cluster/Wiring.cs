using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Cluster;

/// <summary>Puts the real kernel into a process, and the real store into the world, by what any user calls.</summary>
internal static class Wiring
{
    public static readonly string[] Kinds = ["load", "send", "child", "after-failure"];

    /// <summary>Builds the services of a process.</summary>
    public static ServiceProvider Build(World world, Process process, bool runsJobs)
    {
        var settings = world.Plan.Settings;
        var chance = world.Dice.Split();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(process.Clock);
        services.AddSingleton<IMeterFactory>(OneMeter.Instance);
        services.AddSingleton(world);
        services.AddSingleton(process);
        services.AddSingleton<IJobStore, StoreLink>();
        AddOptional<IJobJournal>(services, world, journal => new JournalLink(world, process, journal));
        AddOptional<INodeRegistry>(services, world, nodes => new NodesLink(world, process, nodes));
        var jobs = services.AddJobs(options =>
        {
            options.Enabled = runsJobs;
            options.WorkerName = process.Life.Owner;
            options.Concurrency = settings.Concurrency;
            options.MaxClaim = settings.MaxClaim;
            options.StartAhead = settings.StartAhead;
            options.LeaseDuration = settings.Lease;
            options.PollInterval = settings.Poll;
            options.ShutdownGrace = settings.Grace;
            options.AttemptTimeout = settings.AttemptTimeout;
            options.Retry.FirstDelay = settings.RetryFirst;
            options.Retry.Factor = settings.RetryFactor;
            options.Retry.MaxDelay = settings.RetryMax;
            options.Retry.Jitter = settings.RetryJitter;
            options.Retry.Randomizer = chance.Fraction;
        });
        foreach (var kind in Kinds)
        {
            jobs.AddHandler<ScriptedHandler, int>(kind);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>Builds the stores that all processes share.</summary>
    public static ServiceProvider BuildStores(StoreClock clock, IJobSignal wakes)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IMeterFactory>(OneMeter.Instance);
        services.AddSingleton(wakes);
        services.AddJobs(options => options.Enabled = false).UseInMemory();
        return services.BuildServiceProvider();
    }

    /// <summary>Adds a port that a process can do without, where the stores have it.</summary>
    private static void AddOptional<TPort>(ServiceCollection services, World world, Func<TPort, TPort> link)
        where TPort : class
    {
        if (world.Stores.GetService<TPort>() is { } port)
        {
            services.AddSingleton(link(port));
        }
    }

    /// <summary>Gives all processes one meter: thousands of them would pile up in the runtime's list.</summary>
    private sealed class OneMeter : IMeterFactory
    {
        public static readonly OneMeter Instance = new();
        private readonly Meter _meter = new("simulation");

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose()
        {
            // It lives as long as the program.
        }
    }
}
