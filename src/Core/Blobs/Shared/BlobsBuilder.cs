using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Blobs;

internal sealed class BlobsBuilder(IServiceCollection services) : IBlobsBuilder
{
    public IServiceCollection Services => services;
}
