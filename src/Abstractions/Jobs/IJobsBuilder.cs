using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Jobs;

/// <summary>Configures the kernel; storage adapters and handlers hang on it.</summary>
public interface IJobsBuilder
{
    /// <summary>Gets the services that are being configured.</summary>
    IServiceCollection Services { get; }
}
