namespace Switchyard.Scheduling;

/// <summary>Reads the figures of <c>/metrics</c> and of <c>/health/detailed</c>.</summary>
public sealed class SchedulingMetrics
{
    internal SchedulingMetrics()
    {
    }

    /// <summary>Counts the schedules and executions of all accounts that the caller belongs to.</summary>
    public Task<SchedulingFigures> CountAsync(string subject, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Tells how far behind the firing is. Throws what the store throws where it can't be reached.</summary>
    public Task<SchedulingHealth> GetHealthAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
