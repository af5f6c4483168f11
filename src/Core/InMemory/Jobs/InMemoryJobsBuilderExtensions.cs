using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.InMemory;
using Switchyard.InMemory.Jobs;
using Switchyard.InMemory.Jobs.Operations;
using Switchyard.InMemory.Recurring;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Recurring;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the in-memory stores of the kernel.</summary>
public static class InMemoryJobsBuilderExtensions
{
    /// <summary>Keeps jobs in the memory of this process: for development and tests only. They are gone when it ends.</summary>
    /// <remarks>This operation is idempotent; stores that are registered already stay.</remarks>
    public static IJobsBuilder UseInMemory(this IJobsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<InMemoryDatabase>();
        builder.Services.TryAddSingleton<IJobStore, InMemoryJobStore>();
        builder.Services.TryAddSingleton<IJobAdmin, InMemoryJobAdmin>();
        builder.Services.TryAddSingleton<IJobKindStore, InMemoryJobKindStore>();
        builder.Services.TryAddSingleton<INodeRegistry, InMemoryNodeRegistry>();
        builder.Services.TryAddSingleton<IJobJournal, InMemoryJobJournal>();
        builder.Services.TryAddSingleton<IJobMaintenance, InMemoryJobMaintenance>();
        builder.Services.TryAddSingleton<FiringWriter>();
        builder.Services.TryAddSingleton<IRecurrenceStore, InMemoryRecurrenceStore>();
        return builder;
    }
}
