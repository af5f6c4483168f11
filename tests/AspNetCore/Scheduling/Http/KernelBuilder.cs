using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;

namespace Switchyard.AspNetCore.Scheduling.Tests.Http;

/// <summary>Stands for <c>AddJobs()</c> where the stores are wanted without the worker.</summary>
internal sealed class KernelBuilder(IServiceCollection services) : IJobsBuilder
{
    public IServiceCollection Services => services;
}
