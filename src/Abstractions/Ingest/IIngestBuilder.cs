using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Ingest;

/// <summary>Configures the ingest feature; storage adapters and executors hang on it.</summary>
public interface IIngestBuilder
{
    /// <summary>Gets the services that are being configured.</summary>
    IServiceCollection Services { get; }
}
