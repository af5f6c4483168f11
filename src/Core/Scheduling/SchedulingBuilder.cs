using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Scheduling;

internal sealed class SchedulingBuilder(IServiceCollection services) : ISchedulingBuilder
{
    public IServiceCollection Services { get; } = services;
}
