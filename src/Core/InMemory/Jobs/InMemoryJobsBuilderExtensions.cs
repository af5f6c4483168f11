using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.InMemory;
using Switchyard.InMemory.Jobs;
using Switchyard.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the in-memory store of the kernel.</summary>
public static class InMemoryJobsBuilderExtensions
{
    /// <summary>Keeps jobs in the memory of this process: for development and tests only. They are gone when it ends.</summary>
    /// <remarks>This operation is idempotent; a store that is registered already stays.</remarks>
    public static IJobsBuilder UseInMemory(this IJobsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<InMemoryDatabase>();
        builder.Services.TryAddSingleton<IJobStore, InMemoryJobStore>();
        return builder;
    }
}
