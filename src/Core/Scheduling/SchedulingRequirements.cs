using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Outbound;
using Switchyard.Secrets;

namespace Switchyard.Scheduling;

/// <summary>Stops the start where something that scheduling needs isn't registered, and says which line adds it.</summary>
internal sealed class SchedulingRequirements(IServiceProviderIsService services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        const string Storage = "AddScheduling().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests";
        Require<IScheduleStore>(Storage);
        Require<IWebhookStore>(Storage);
        Require<IExecutionStore>(Storage);
        Require<IAccountMembership>(Storage);
        const string Kernel = "AddJobs().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests";
        Require<IJobQueue>(Kernel);
        Require<IRecurrenceStore>(Kernel);
        Require<IOccurrencePlanner>(Kernel);
        Require<IOutboundGuard>("AddOutboundGuard()");
        Require<ISecretProtector>("AddSingleton<ISecretProtector, …>(), or AddSchedulingApi() of Switchyard.AspNetCore.Scheduling");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Require<T>(string line)
    {
        if (!services.IsService(typeof(T)))
        {
            throw new InvalidOperationException($"Scheduling needs an {typeof(T).Name}. Add: builder.Services.{line}");
        }
    }
}
