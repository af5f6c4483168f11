using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Xunit;

namespace Switchyard.Conformance.Recurring;

/// <summary>Proves a store of recurrences: each test is an obligation of <see cref="IRecurrenceStore"/>. Derive it and say how to make the store.</summary>
public abstract partial class RecurrenceStoreConformance : IAsyncLifetime
{
    private protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private IRecurrenceStoreFixture? _fixture;

    /// <summary>Makes the store under test, without recurrences. Called once for each test.</summary>
    protected abstract Task<IRecurrenceStoreFixture> CreateAsync();

    private protected IRecurrenceStoreFixture Fixture => _fixture ?? throw new InvalidOperationException("The test has not been initialized.");

    private protected IRecurrenceStore Store => Fixture.Store;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _fixture = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }
    }

    private protected async Task<DateTimeOffset> GetNowAsync() => (await Store.GetBacklogAsync(Cancellation)).Now;

    private protected static Recurrence NewRecurrence(DateTimeOffset? nextAt, Guid? id = null) =>
        new() { Id = id ?? Guid.NewGuid(), Kind = "conformance", Expression = "* * * * *", NextAt = nextAt };

    /// <summary>Stores a recurrence that is due after a time.</summary>
    private protected async Task<Recurrence> AddAsync(TimeSpan dueIn, Func<Recurrence, Recurrence>? configure = null)
    {
        var recurrence = NewRecurrence(await GetNowAsync() + dueIn);
        recurrence = configure?.Invoke(recurrence) ?? recurrence;
        var stored = await Store.ChangeAsync(recurrence.Id, (_, _) => new RecurrenceChange(recurrence), Cancellation);
        Assert.Equal(recurrence with { Revision = 1 }, stored);
        return stored!;
    }

    private protected async Task<Recurrence> GetAsync(Guid id)
    {
        var recurrence = await Store.FindAsync(id, Cancellation);
        Assert.NotNull(recurrence);
        return recurrence;
    }

    private protected Task<IReadOnlyList<Occurrence>> GetLedgerAsync(Guid id) =>
        Store.ListOccurrencesAsync(id, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200), 1000, Cancellation);

    private protected Task<RecurrenceTick> TickAsync(int limit = 100) => Store.FireAsync(limit, (due, now) => [.. due.Select(one => FireNext(one, now))], Cancellation);

    /// <summary>Fires the instant that a recurrence waits for, with a job; the next is a minute after it.</summary>
    private protected static RecurrenceFiring FireNext(DueRecurrence due, DateTimeOffset now) => Firing(due.Recurrence, due.Recurrence.NextAt!.Value + Minute) with
    {
        LastAt = now,
        Occurrences = [new PlannedOccurrence(Row(due.Recurrence, due.Recurrence.NextAt.Value, now), [NewJob(due.Recurrence, due.Recurrence.NextAt.Value)])],
    };

    private protected static RecurrenceFiring Firing(Recurrence recurrence, DateTimeOffset? nextAt) =>
        new() { RecurrenceId = recurrence.Id, NextAt = nextAt, Occurrences = [] };

    private protected static Occurrence Row(Recurrence recurrence, DateTimeOffset at, DateTimeOffset now, OccurrenceOutcome outcome = OccurrenceOutcome.Fired) =>
        new() { RecurrenceId = recurrence.Id, FirstAt = at, LastAt = at, Outcome = outcome, Revision = recurrence.Revision, RecordedAt = now };

    private protected static JobRequest NewJob(Recurrence recurrence, DateTimeOffset at) =>
        new() { Id = JobOf(recurrence.Id, at), Kind = "conformance-work", Payload = "{}" };

    private protected static JobId JobOf(Guid recurrence, DateTimeOffset at) => new(OccurrenceId.Of(recurrence, at, Guid.Empty));

    private protected async Task<bool> HasJobAsync(Guid recurrence, DateTimeOffset at) => await Fixture.Kernel.FindAsync(JobOf(recurrence, at), Cancellation) is not null;

    /// <summary>Makes calls that all begin at once.</summary>
    private protected static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call)
    {
        using var gate = new SemaphoreSlim(0, count);
        var calls = Enumerable.Range(0, count).Select(index => Task.Run(async () =>
        {
            await gate.WaitAsync(Cancellation);
            return await call(index);
        })).ToArray();
        gate.Release(count);
        return await Task.WhenAll(calls);
    }
}
