using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Ingest;
using Switchyard.Ingest.Callbacks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ingest.</summary>
public static class IngestServiceCollectionExtensions
{
    /// <summary>Adds ingest: jobs that clients submit, upload and start. Calling it again only configures.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>A builder that storage adapters and executors hang on.</returns>
    public static IIngestBuilder AddIngest(this IServiceCollection services, Action<IngestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<IngestOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddScoped<IngestService>();
        services.TryAddScoped<CallbackService>();
        return new IngestBuilder(services);
    }
}
