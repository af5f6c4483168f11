using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore;
using Switchyard.Storage.EfCore.Ingest;
using Switchyard.Storage.EfCore.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stores the ingest feature's data by Entity Framework Core.</summary>
public static class IngestBuilderEfCoreExtensions
{
    /// <summary>Stores jobs, runs and partners in the database of a context, whose model has <c>modelBuilder.AddIngest()</c>. Idempotent.</summary>
    /// <remarks>The kernel's store must be of the same context: runs and the jobs that do their work commit together.</remarks>
    /// <typeparam name="TContext">The context, registered with <c>UseSwitchyardSqlite</c> or <c>UseSwitchyardPostgreSql</c>.</typeparam>
    public static IIngestBuilder UseEfCore<TContext>(this IIngestBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StoreSessions<TContext>>();
        services.TryAddSingleton<JobNotifier<TContext>>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEffectApplier, IngestRunWrites>());
        services.TryAddSingleton<IIngestJobStore>(provider => new EfIngestJobStore<TContext>(
            provider.GetRequiredService<StoreSessions<TContext>>(), provider.GetRequiredService<JobNotifier<TContext>>(), Signal(provider)));
        services.TryAddSingleton<IIngestRunStore, EfIngestRunStore<TContext>>();
        services.TryAddSingleton<IPartnerDirectory, EfPartnerDirectory<TContext>>();
        return builder;
    }

    private static IJobSignal Signal(IServiceProvider provider) =>
        provider.GetService<IJobSignal>() ?? throw new InvalidOperationException(
            "Ingest runs on the job kernel, which isn't registered. Add: builder.Services.AddJobs().UseEfCore<AppDbContext>()");
}
