using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.InMemory;
using Switchyard.InMemory.Recurring;
using Switchyard.InMemory.Scheduling;
using Switchyard.Scheduling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the in-memory stores of scheduling.</summary>
public static class InMemorySchedulingBuilderExtensions
{
    /// <summary>Keeps accounts, schedules, webhooks and executions in the memory of this process: for development and tests only. They are gone when it ends.</summary>
    /// <remarks>This operation is idempotent; stores that are registered already stay. The kernel must be in memory too.</remarks>
    public static ISchedulingBuilder UseInMemory(this ISchedulingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<InMemoryDatabase>();
        builder.Services.TryAddSingleton<SchedulingTables>();
        builder.Services.TryAddSingleton<FiringWriter>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IInMemoryEffectApplier, SchedulingEffectApplier>());
        builder.Services.TryAddSingleton<IAccountMembership, InMemoryAccountMembership>();
        builder.Services.TryAddSingleton<IScheduleStore, InMemoryScheduleStore>();
        builder.Services.TryAddSingleton<IWebhookStore, InMemoryWebhookStore>();
        builder.Services.TryAddSingleton<IExecutionStore, InMemoryExecutionStore>();
        return builder;
    }
}
