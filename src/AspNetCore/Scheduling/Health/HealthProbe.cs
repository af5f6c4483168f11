using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Health;

/// <summary>Looks at database, Redis and the firing of schedules, each within a deadline.</summary>
internal sealed partial class HealthProbe(
    IServiceScopeFactory scopes,
    IOptions<SchedulingApiOptions> options,
    IOptions<SchedulingOptions> scheduling,
    TimeProvider time,
    ILogger<HealthProbe> logger,
    IRecurringHealth? recurring = null)
{
    private string _last = DetailedHealthResponse.Healthy;

    /// <summary>Looks once.</summary>
    public async Task<DetailedHealthResponse> LookAsync()
    {
        var database = LookAtDatabaseAsync();
        var redis = LookAtRedisAsync();
        var health = Describe(await database, await redis);
        if (Interlocked.Exchange(ref _last, health.Status) != health.Status)
        {
            LogChanged(logger, health.Status, health.Database, health.Redis, health.SchedulerService, health.OldestDueAgeSeconds);
        }

        return health;
    }

    private DetailedHealthResponse Describe(SchedulingHealth? firing, string redis)
    {
        var isBroken = firing is null || redis == DetailedHealthResponse.Disconnected;
        var tickAge = time.GetUtcNow() - recurring?.LastTickAt;
        return new DetailedHealthResponse
        {
            Status = isBroken ? DetailedHealthResponse.Unhealthy : firing!.IsLate ? DetailedHealthResponse.Degraded : DetailedHealthResponse.Healthy,
            Database = firing is null ? DetailedHealthResponse.Disconnected : DetailedHealthResponse.Connected,
            Redis = redis,
            SchedulerService = tickAge <= scheduling.Value.LateAfter ? DetailedHealthResponse.Running : DetailedHealthResponse.Stopped,
            TickAgeSeconds = tickAge is { } age ? Seconds(age) : null,
            DueJobs = firing?.Due,
            OldestDueAt = firing?.OldestDueAt?.ToWire(),
            OldestDueAgeSeconds = firing?.OldestDueAt is null ? null : Seconds(firing.Lag),
        };
    }

    // Whatever the store throws, the answer is that it can't be used: health tells nobody why, the log does.
    private async Task<SchedulingHealth?> LookAtDatabaseAsync()
    {
        using var deadline = new CancellationTokenSource(options.Value.HealthTimeout, time);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var metrics = scope.ServiceProvider.GetRequiredService<SchedulingMetrics>();
            return await metrics.GetHealthAsync(deadline.Token).WaitAsync(deadline.Token);
        }
        catch (Exception exception)
        {
            LogDatabaseFailed(logger, exception);
            return null;
        }
    }

    private async Task<string> LookAtRedisAsync()
    {
        if (options.Value.Redis is not { } server)
        {
            return DetailedHealthResponse.NotConfigured;
        }

        using var deadline = new CancellationTokenSource(options.Value.HealthTimeout, time);
        try
        {
            return await RedisPing.PingAsync(server, deadline.Token) ? DetailedHealthResponse.Connected : DetailedHealthResponse.Disconnected;
        }
        catch (OperationCanceledException)
        {
            return DetailedHealthResponse.Disconnected;
        }
    }

    private static double Seconds(TimeSpan age) => Math.Round(Math.Max(0, age.TotalSeconds), 3);

    [LoggerMessage(EventIds.HealthDatabaseFailed, LogLevel.Warning, "The health check could not use the database", EventName = nameof(EventIds.HealthDatabaseFailed))]
    private static partial void LogDatabaseFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.HealthChanged,
        LogLevel.Information,
        "The scheduler is {Status} now: database {Database}, redis {Redis}, scheduler {Scheduler}, oldest due for {OldestDueSeconds} s",
        EventName = nameof(EventIds.HealthChanged))]
    private static partial void LogChanged(ILogger logger, string status, string database, string redis, string scheduler, double? oldestDueSeconds);
}
