using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Jobs;

/// <summary>Gets the store, or says which line adds one.</summary>
internal static class RequiredStore
{
    public static IJobStore Of(IServiceProvider provider) =>
        provider.GetService<IJobStore>() ?? throw new InvalidOperationException(
            "The job kernel has no store. Add one: builder.Services.AddJobs().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests.");
}
