using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.AspNetCore.Blobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what <c>MapBlobs()</c> needs to a service collection.</summary>
public static class BlobsApiServiceCollectionExtensions
{
    /// <summary>Adds the services behind <c>MapBlobs()</c>. This operation is idempotent.</summary>
    public static IServiceCollection AddBlobsApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(BlobsInstruments)))
        {
            services.AddMetrics();
        }

        services.TryAddSingleton<BlobsInstruments>();
        services.TryAddSingleton<BlobUploads>();
        services.TryAddSingleton<BlobDownloads>();
        return services;
    }
}
