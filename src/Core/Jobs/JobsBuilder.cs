using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Jobs;

internal sealed class JobsBuilder(IServiceCollection services) : IJobsBuilder
{
    public IServiceCollection Services { get; } = services;
}
