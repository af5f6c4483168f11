using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Recurring;
using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Jobs;
using Switchyard.Storage.EfCore.Jobs.Kinds;
using Switchyard.Storage.EfCore.Jobs.Operations;
using Switchyard.Storage.EfCore.Recurring;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stores jobs by Entity Framework Core.</summary>
public static class JobsBuilderEfCoreExtensions
{
    /// <summary>Stores jobs in the database of a context, whose model has <c>modelBuilder.AddJobs()</c>. Idempotent.</summary>
    /// <remarks>
    /// <see cref="IJobQueue"/> becomes scoped: it joins the transaction that the scope's context has open. Signals are set after
    /// a commit; on PostgreSQL other nodes are notified by the database, on SQLite there are none.
    /// </remarks>
    /// <typeparam name="TContext">The context, registered with <c>UseSwitchyardSqlite</c> or <c>UseSwitchyardPostgreSql</c>.</typeparam>
    public static IJobsBuilder UseEfCore<TContext>(this IJobsBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StoreSessions<TContext>>();
        services.TryAddSingleton<JobNotifier<TContext>>();
        services.TryAddSingleton<JobEnqueues<TContext>>();
        services.TryAddSingleton<JobEffects>();
        services.TryAddSingleton<IJobKindStore, EfJobKindStore<TContext>>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEffectApplier, EfEffectApplier<TContext>>());
        services.TryAddSingleton<IJobStore, EfJobStore<TContext>>();
        services.TryAddSingleton<IJobAdmin, EfJobAdmin<TContext>>();
        services.TryAddSingleton<INodeRegistry, EfNodeRegistry<TContext>>();
        services.TryAddSingleton<IJobJournal, EfJobJournal<TContext>>();
        services.TryAddSingleton<IJobMaintenance, EfJobMaintenance<TContext>>();
        services.TryAddSingleton<FiringWriter>();
        services.TryAddSingleton<IRecurrenceStore, EfRecurrenceStore<TContext>>();

        // Whatever queue the kernel brought knows nothing of the caller's transaction.
        if (services.All(service => service.ImplementationType != typeof(EfJobQueue<TContext>)))
        {
            services.Replace(ServiceDescriptor.Scoped<IJobQueue, EfJobQueue<TContext>>());
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobListener<TContext>>());
        return builder;
    }
}
