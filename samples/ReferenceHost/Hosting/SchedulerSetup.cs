using Switchyard.Jobs.Recurring;
using Switchyard.ReferenceHost.Configuration;
using Switchyard.Scheduling;
using Switchyard.Secrets;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Wires the scheduler, surface 4.</summary>
internal static class SchedulerSetup
{
    // Supabase names its users' tokens so.
    private const string Audience = "authenticated";

    private const string Scheme = "scheduler";

    /// <summary>Adds schedules and webhooks, their API, and whose tokens it takes.</summary>
    public static void AddScheduler(this IServiceCollection services, HostSettings settings)
    {
        var scheduler = settings.Scheduler;
        services.AddTokens().AddSharedSecret(Scheme, options => (options.Secret, options.Audience) = (scheduler.JwtSecret, Audience));
        services.AddAuthentication().AddSwitchyardTokens(Scheme);

        // Data Protection's key ring lies in one node's data directory; the master key is what all nodes have.
        services.AddSingleton<ISecretProtector, MasterKeySecretProtector>();
        services.AddOutboundGuard(options => options.AllowPrivateNetworks = scheduler.AllowPrivateNetworks);
        services.AddScheduling(options => options.Apply(scheduler)).UseEfCore<AppDbContext>();
        services.Configure<RecurringOptions>(options =>
        {
            options.Enabled = settings.Worker.Enabled;
            options.TickInterval = scheduler.TickInterval;
            options.BatchSize = scheduler.BatchSize;
        });
        services.AddSchedulingApi(options => (options.AuthenticationScheme, options.Redis) = (Scheme, scheduler.Redis));
    }

    private static void Apply(this SchedulingOptions options, SchedulerSettings scheduler)
    {
        options.RetryBaseDelay = scheduler.RetryBackoff;

        // A node that looks rarely isn't late before it has looked a few times.
        options.LateAfter = TimeSpan.FromSeconds(Math.Max(options.LateAfter.TotalSeconds, 3 * scheduler.TickInterval.TotalSeconds));
    }
}
