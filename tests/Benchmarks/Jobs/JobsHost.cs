using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>Makes hosts as the package's README shows, with default options but for what a benchmark names.</summary>
internal static class JobsHost
{
    /// <summary>Makes a host whose worker has handlers that do nothing, and some that take a second.</summary>
    public static IHost Create(JobsDatabase database, int? concurrency, IPickups? pickups = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(pickups ?? IPickups.Nobody);
        builder.Services.AddDbContext<JobsContext>(database.Configure);
        builder.Services
            .AddJobs(options =>
            {
                options.Enabled = concurrency is not null;
                options.Concurrency = concurrency ?? options.Concurrency;
            })
            .AddHandler<NoOpHandler, NoOp>(NoOp.Kind)
            .AddHandler<SlowHandler, Slow>(Slow.Kind)
            .UseEfCore<JobsContext>();
        return builder.Build();
    }

    /// <summary>Makes a host that only enqueues.</summary>
    public static IHost CreateEnqueuer(JobsDatabase database) => Create(database, concurrency: null);

    /// <summary>Enqueues jobs that do nothing, many in a call.</summary>
    public static async Task EnqueueAsync(JobsDatabase database, int jobs)
    {
        using var host = CreateEnqueuer(database);
        await using var scope = host.Services.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        foreach (var numbers in Enumerable.Range(0, jobs).Chunk(1_000))
        {
            await queue.EnqueueAsync([.. numbers.Select(Request)]);
        }
    }

    public static JobRequest Request(int number) =>
        new() { Id = JobId.New(TimeProvider.System), Kind = NoOp.Kind, Payload = JobPayload.Serialize(new NoOp(number)) };
}
