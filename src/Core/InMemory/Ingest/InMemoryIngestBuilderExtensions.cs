using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Ingest;
using Switchyard.InMemory;
using Switchyard.InMemory.Ingest;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the in-memory stores of ingest.</summary>
public static class InMemoryIngestBuilderExtensions
{
    /// <summary>Keeps jobs, runs and partners in the memory of this process: for development and tests only. They are gone when it ends.</summary>
    /// <remarks>This operation is idempotent; stores that are registered already stay. The kernel must be in memory too.</remarks>
    public static IIngestBuilder UseInMemory(this IIngestBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<InMemoryDatabase>();
        builder.Services.TryAddSingleton<IngestTables>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IInMemoryEffectApplier, IngestEffectApplier>());
        builder.Services.TryAddSingleton<IIngestJobStore, InMemoryIngestJobStore>();
        builder.Services.TryAddSingleton<IIngestRunStore, InMemoryIngestRunStore>();
        builder.Services.TryAddSingleton<IPartnerDirectory, InMemoryPartnerDirectory>();
        return builder;
    }
}
