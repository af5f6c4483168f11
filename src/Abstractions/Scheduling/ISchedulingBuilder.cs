using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Scheduling;

/// <summary>Configures the scheduling feature; storage adapters hang on it.</summary>
public interface ISchedulingBuilder
{
    /// <summary>Gets the services that are being configured.</summary>
    IServiceCollection Services { get; }
}
