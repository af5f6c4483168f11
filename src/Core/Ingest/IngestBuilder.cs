using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Ingest;

internal sealed class IngestBuilder(IServiceCollection services) : IIngestBuilder
{
    public IServiceCollection Services { get; } = services;
}
