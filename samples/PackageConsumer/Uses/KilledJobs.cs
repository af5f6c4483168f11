using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore;

namespace PackageConsumer.Uses;

/// <summary>A plain console app on SQLite, which <c>.ci/consume</c> kills with -9 in the middle of its work, and runs again.</summary>
internal static class KilledJobs
{
    /// <summary>Names what <c>.ci/consume</c> calls it by.</summary>
    public const string Verb = "jobs";

    private const string Kind = "deliver";

    // A lease of 30 seconds has to end, and the machine may be busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Enqueues parcels, works until none is left, and checks what there is.</summary>
    /// <param name="args">How many parcels to enqueue, and how many there are to be with those of an earlier run.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (parcels, all) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddDbContext<AppDbContext>(options => options.UseSwitchyardSqlite("Data Source=parcels.db"));
        builder.Services.AddJobs().AddHandler<DeliverHandler, Parcel>(Kind).UseEfCore<AppDbContext>();
        using var host = builder.Build();
        await using var scope = host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await context.Database.EnsureCreatedAsync();
        await host.Services.MigrateSwitchyardAsync<AppDbContext>();
        for (var number = 1; number <= parcels; number++)
        {
            await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync(Kind, new Parcel(number));
        }

        await host.StartAsync();
        await Host.EventuallyAsync("no job is left", async () => await CountAsync(context, "select count(*) as Value from switchyard_jobs where state < 2") == 0 ? context : null, Patience);
        await host.StopAsync();
        await CheckAsync(context, all);
        return 0;
    }

    private static async Task CheckAsync(AppDbContext context, int all)
    {
        var delivered = await context.Deliveries.Select(delivery => delivery.Parcel).Order().ToArrayAsync();
        Host.Require(delivered.SequenceEqual(Enumerable.Range(1, all)), $"each of {all} parcels was delivered once: {string.Join(", ", delivered)}");
        Host.Require(await CountAsync(context, "select count(*) as Value from switchyard_jobs where state = 2") == all, "each of their jobs succeeded");
        var again = await CountAsync(context, "select count(*) as Value from switchyard_jobs where attempt = 2");
        Host.Require(again > 0 && await CountAsync(context, "select count(*) as Value from switchyard_jobs where attempt > 2") == 0, "what the kill hit, and nothing else, was attempted again");
        Console.WriteLine($"ok      {all} parcels were delivered once each; {again} of them needed a second attempt after kill -9");
    }

    // By SQL on the table: nothing of the suite is asked about itself.
    private static Task<int> CountAsync(AppDbContext context, string sql) => context.Database.SqlQueryRaw<int>(sql).SingleAsync();

    public sealed record Parcel(int Number);

    public sealed class DeliverHandler : IJobHandler<Parcel>
    {
        public async Task<JobRunResult> RunAsync(Parcel parcel, JobContext context, CancellationToken cancellationToken)
        {
            Console.WriteLine($"delivering {parcel.Number}, attempt {context.Attempt}");
            await Task.Delay(100, cancellationToken);
            return JobRunResult.Succeeded(new Delivered(parcel.Number));
        }
    }

    public sealed record Delivered(int Parcel) : EfEffect<AppDbContext>
    {
        public override Task ApplyAsync(AppDbContext context, CancellationToken cancellationToken)
        {
            context.Deliveries.Add(new Delivery { Parcel = Parcel });
            return Task.CompletedTask;
        }
    }
}
