using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs;

/// <summary>Gets the store, or says which line adds one.</summary>
internal static class RequiredStore
{
    public static IJobStore Of(IServiceProvider provider) =>
        provider.GetService<IJobStore>() ?? throw new InvalidOperationException(
            "The job kernel has no store. Add one: builder.Services.AddJobs().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests.");

    public static IJobKindStore OfKinds(IServiceProvider provider) =>
        provider.GetService<IJobKindStore>() ?? throw new InvalidOperationException(
            "AddKindLimits needs a store that holds limits over all nodes (an IJobKindStore), and the job store in use brings none. Use one that does, or remove the limits.");
}
