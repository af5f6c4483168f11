using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Upkeep;

/// <summary>Removes as many as a test has laid out for it, and notes when it was asked.</summary>
internal sealed class FakeMaintenance(TimeProvider clock) : IJobMaintenance
{
    private readonly List<(DateTimeOffset At, int Max)> _prunes = [];

    public int Ended { get; set; }

    public JobStoreHealth Health { get; set; } = new(null, 0, 0);

    public Func<Exception?> Fault { get; set; } = () => null;

    public int HealthCalls { get; private set; }

    public IReadOnlyList<(DateTimeOffset At, int Max)> Prunes
    {
        get
        {
            lock (_prunes)
            {
                return [.. _prunes];
            }
        }
    }

    public Task<int> PruneAsync(JobRetention retention, int max, CancellationToken cancellationToken)
    {
        lock (_prunes)
        {
            _prunes.Add((clock.GetUtcNow(), max));
            if (Fault() is { } fault)
            {
                throw fault;
            }

            var removed = Math.Min(Ended, max);
            Ended -= removed;
            return Task.FromResult(removed);
        }
    }

    public Task<JobStoreHealth> GetHealthAsync(CancellationToken cancellationToken)
    {
        HealthCalls++;
        return Fault() is { } fault ? throw fault : Task.FromResult(Health);
    }
}
