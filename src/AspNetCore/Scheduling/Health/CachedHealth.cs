using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore.Scheduling.Health;

/// <summary>Keeps the last look at the scheduler's health, so that however many ask, the database is asked about once a second.</summary>
internal sealed class CachedHealth(HealthProbe probe, IOptions<SchedulingApiOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<DetailedHealthResponse>? _look;
    private long _lookedAt;

    /// <summary>Gets the health, at most as old as the options say.</summary>
    /// <param name="cancellationToken">Gives up waiting. The look itself goes on: others wait for it too.</param>
    public Task<DetailedHealthResponse> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_lookedAt) >= options.Value.HealthLifetime))
            {
                _lookedAt = time.GetTimestamp();
                _look = probe.LookAsync();
            }

            return _look.WaitAsync(cancellationToken);
        }
    }
}
