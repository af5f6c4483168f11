using Switchyard.Jobs;

namespace Switchyard.InMemory;

/// <summary>The state that all in-memory stores of a host share, so that what one call writes for two of them is atomic.</summary>
/// <remarks>Whoever reads or writes a table holds <see cref="Gate"/>; what a caller gets are immutable records.</remarks>
internal sealed class InMemoryDatabase(TimeProvider timeProvider, IEnumerable<IJobSignal> signals)
{
    /// <summary>Gets the one lock.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Gets the jobs of the kernel, for stores that enqueue along with rows of their own.</summary>
    public Jobs.JobTable Jobs { get; } = new(timeProvider);

    /// <summary>Gets what holds for kinds.</summary>
    public Jobs.Operations.KindTable Kinds { get; } = new();

    /// <summary>Gets the recurrences, for stores whose rows are recurrences too.</summary>
    public Recurring.RecurrenceTable Recurrences { get; } = new();

    /// <summary>Gets the record of what people did.</summary>
    public Jobs.Operations.OperationLog Operations { get; } = new(timeProvider);

    /// <summary>Gets the time in whole microseconds, which is what the databases keep.</summary>
    public DateTimeOffset GetUtcNow() => WholeMicroseconds(timeProvider.GetUtcNow());

    /// <summary>Cuts an instant to what the databases keep.</summary>
    public static DateTimeOffset WholeMicroseconds(DateTimeOffset instant) =>
        instant.ToUniversalTime().AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>Does something under the lock, at the present time.</summary>
    public Task<T> ReadAsync<T>(Func<DateTimeOffset, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (Gate)
        {
            return Task.FromResult(read(GetUtcNow()));
        }
    }

    /// <summary>Does something under the lock that may let jobs become due, and wakes the workers.</summary>
    public async Task<T> WriteAsync<T>(Func<DateTimeOffset, T> write, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(write, cancellationToken).ConfigureAwait(false);
        Wake();
        return result;
    }

    /// <summary>Wakes the workers of this process. Call it after the lock is left, where jobs may have become due.</summary>
    public void Wake()
    {
        foreach (var signal in signals)
        {
            signal.Set();
        }
    }
}
