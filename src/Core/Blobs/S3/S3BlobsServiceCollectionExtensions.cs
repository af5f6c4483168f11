using Amazon.S3;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Blobs.S3;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds blobs on S3 to a service collection.</summary>
public static class S3BlobsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IBlobStore"/> on S3, unless a blob store was added before.</summary>
    /// <remarks>This operation is idempotent; a second call only configures.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static IBlobsBuilder AddS3Blobs(this IServiceCollection services, Action<S3BlobsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.All(service => service.ServiceType != typeof(S3BlobStore)))
        {
            services.AddOptions<S3BlobsOptions>().ValidateOnStart();
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<S3BlobsOptions>, S3BlobsOptionsValidator>());
        services.TryAddSingleton<IAmazonS3>(provider => S3ClientFactory.Create(provider.GetRequiredService<IOptions<S3BlobsOptions>>().Value));
        services.TryAddSingleton<S3BlobStore>();
        services.TryAddSingleton<IBlobStore>(provider => provider.GetRequiredService<S3BlobStore>());
        return new BlobsBuilder(services);
    }
}
