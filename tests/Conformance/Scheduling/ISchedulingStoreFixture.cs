using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Gives the suites of scheduling the stores to prove, over one empty database for each test.</summary>
public interface ISchedulingStoreFixture : IAsyncDisposable
{
    /// <summary>Gets the accounts, which the suites use from many threads at once, as all that follow.</summary>
    IAccountMembership Accounts { get; }

    /// <summary>Gets the store of schedules.</summary>
    IScheduleStore Schedules { get; }

    /// <summary>Gets the store of webhooks.</summary>
    IWebhookStore Webhooks { get; }

    /// <summary>Gets the store of executions.</summary>
    IExecutionStore Executions { get; }

    /// <summary>Gets the store of recurrences over the same database.</summary>
    IRecurrenceStore Recurrences { get; }

    /// <summary>Gets the kernel's store over the same database.</summary>
    IJobStore Kernel { get; }

    /// <summary>Gets the clock of the stores. It stands still unless it is moved, and has whole milliseconds.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Gets how many cases a property runs.</summary>
    int PropertyCases { get; }

    /// <summary>Moves the clock forward.</summary>
    Task AdvanceAsync(TimeSpan by);

    /// <summary>Gets who replayed how many of how many, in order.</summary>
    Task<IReadOnlyList<(string Subject, int Replayed, long Matched)>> ReadAuditAsync();
}
