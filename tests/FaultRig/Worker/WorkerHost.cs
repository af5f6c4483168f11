using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.FaultRig.Worker.FailPoints;
using Switchyard.FaultRig.Worker.Handlers;
using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker;

/// <summary>Builds the host as an application would, from the packages' public surface alone, and puts the failpoints around it.</summary>
internal static class WorkerHost
{
    public static IHost Build(WorkerSettings settings, Journal journal, string role)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Services.AddSingleton<TimeProvider>(new SkewedTimeProvider(settings.Skew));
        builder.Services.AddSingleton(settings).AddSingleton(journal).AddSingleton<FailPoint>().AddSingleton<CommitPoints>();
        builder.Services.AddSingleton(services => StatementPoints.Listen(services.GetRequiredService<FailPoint>()));
        builder.Services.AddDbContext<RigContext>((services, options) => Use(options, settings).AddInterceptors(services.GetRequiredService<CommitPoints>()));
        AddJobs(builder.Services, settings, works: role == "work");
        Watch(builder.Services);
        if (role != "migrate")
        {
            builder.Services.AddSingleton<ParentWatch>().AddHostedService(services => services.GetRequiredService<ParentWatch>());
        }

        if (role == "submit")
        {
            builder.Services.AddHostedService<Submitter>();
        }

        var host = builder.Build();
        _ = host.Services.GetRequiredService<System.Diagnostics.ActivityListener>();
        return host;
    }

    /// <summary>Reads once from the database, if it is there.</summary>
    public static async Task WarmUpAsync(IHost host)
    {
        try
        {
            await host.Services.GetRequiredService<IJobStore>().FindAsync(JobId.New(TimeProvider.System), CancellationToken.None);
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"The database didn't answer at the start: {exception.Message}");
        }
    }

    private static DbContextOptionsBuilder Use(DbContextOptionsBuilder options, WorkerSettings settings)
    {
        var (kind, connection) = (settings.Database.Split(':')[0], settings.Database[(settings.Database.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return kind == "sqlite" ? options.UseSwitchyardSqlite(connection) : options.UseSwitchyardPostgreSql(connection);
    }

    private static void AddJobs(IServiceCollection services, WorkerSettings settings, bool works) =>
        services.AddJobs(options =>
            {
                options.Enabled = works;
                options.WorkerName = settings.Name;
                options.Concurrency = settings.Concurrency;
                options.LeaseDuration = settings.Lease;
                options.PollInterval = settings.Poll;
                options.ShutdownGrace = settings.Grace;
                options.Retry = new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(200), Factor = 1.5, MaxDelay = TimeSpan.FromSeconds(1) };
            })
            .AddHandler<QuickHandler, Work>("quick")
            .AddHandler<SlowHandler, Work>("slow")
            .AddHandler<FlakyHandler, Work>("flaky")
            .AddHandler<PoisonHandler, Work>("poison")
            .AddHandler<ProgressHandler, Work>("progress")
            .AddHandler<ChainHandler, Work>("chain")
            .AddHandler<QuickHandler, Work>("link")
            .AddHandler<QuickHandler, Work>("order")
            .UseEfCore<RigContext>();

    /// <summary>Puts the watched store in front of the one that the storage package registered.</summary>
    private static void Watch(IServiceCollection services)
    {
        var real = services.Single(service => service.ServiceType == typeof(IJobStore));
        services.Remove(real);
        services.AddSingleton<IJobStore>(provider => new WatchedJobStore(
            (IJobStore)(real.ImplementationInstance ?? real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)),
            provider.GetRequiredService<FailPoint>(),
            provider.GetRequiredService<Journal>()));
    }
}
