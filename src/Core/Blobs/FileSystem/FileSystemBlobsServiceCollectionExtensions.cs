using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Blobs.FileSystem;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds blobs on the file system to a service collection.</summary>
public static class FileSystemBlobsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IBlobStore"/> on the file system, unless a blob store was added before.</summary>
    /// <remarks>This operation is idempotent; a second call only configures. Serve the signed URLs with <c>AddBlobsApi()</c> and <c>MapBlobs()</c>.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static IBlobsBuilder AddFileSystemBlobs(this IServiceCollection services, Action<FileSystemBlobsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.All(service => service.ServiceType != typeof(SignedBlobUrls)))
        {
            services.AddOptions<FileSystemBlobsOptions>().ValidateOnStart();
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FileSystemBlobsOptions>, FileSystemBlobsOptionsValidator>());
        services.TryAddSingleton<SignedBlobUrls>();
        services.TryAddSingleton<BlobDisk>();
        services.TryAddSingleton<FileSystemBlobStore>();
        services.TryAddSingleton<IBlobStore>(provider => provider.GetRequiredService<FileSystemBlobStore>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LeftoverSweep>());
        return new BlobsBuilder(services);
    }
}
