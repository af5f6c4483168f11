using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Blobs;

/// <summary>Configures a blob store; what serves or watches it hangs on the builder.</summary>
public interface IBlobsBuilder
{
    /// <summary>Gets the services that are being configured.</summary>
    IServiceCollection Services { get; }
}
