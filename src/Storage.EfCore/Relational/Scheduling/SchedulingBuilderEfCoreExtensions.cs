using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Jobs;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Jobs;
using Switchyard.Storage.EfCore.Recurring;
using Switchyard.Storage.EfCore.Scheduling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stores scheduling's data by Entity Framework Core.</summary>
public static class SchedulingBuilderEfCoreExtensions
{
    /// <summary>
    /// Stores accounts, schedules, webhooks and executions in the database of a context, whose model has <c>modelBuilder.AddScheduling()</c>. Idempotent.
    /// </summary>
    /// <remarks>The kernel's store must be of the same context: executions and the jobs that deliver them commit together.</remarks>
    /// <typeparam name="TContext">The context, registered with <c>UseSwitchyardSqlite</c> or <c>UseSwitchyardPostgreSql</c>.</typeparam>
    public static ISchedulingBuilder UseEfCore<TContext>(this ISchedulingBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StoreSessions<TContext>>();
        services.TryAddSingleton<JobNotifier<TContext>>();
        services.TryAddSingleton<FiringWriter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEffectApplier, ExecutionQueuedApplier>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEffectApplier, AttemptEndedApplier>());
        services.TryAddSingleton<IAccountMembership, EfAccountMembership<TContext>>();
        services.TryAddSingleton<IWebhookStore, EfWebhookStore<TContext>>();
        services.TryAddSingleton<IScheduleStore>(provider => new EfScheduleStore<TContext>(
            provider.GetRequiredService<StoreSessions<TContext>>(), provider.GetRequiredService<FiringWriter>(), Signal(provider)));
        services.TryAddSingleton<IExecutionStore>(provider => new EfExecutionStore<TContext>(
            provider.GetRequiredService<StoreSessions<TContext>>(), provider.GetRequiredService<JobNotifier<TContext>>(), Signal(provider)));
        return builder;
    }

    private static IJobSignal Signal(IServiceProvider provider) =>
        provider.GetService<IJobSignal>() ?? throw new InvalidOperationException(
            "Scheduling runs on the job kernel, which isn't registered. Add: builder.Services.AddJobs().UseEfCore<AppDbContext>()");
}
