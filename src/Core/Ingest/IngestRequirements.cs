using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Ingest.Execution;
using Switchyard.Jobs;

namespace Switchyard.Ingest;

/// <summary>Stops the start where something that ingest needs isn't registered, and says which line adds it.</summary>
internal sealed class IngestRequirements(IServiceProviderIsService services, IOptions<IngestOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        const string Storage = "AddIngest().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests";
        Require<IIngestJobStore>(Storage);
        Require<IIngestRunStore>(Storage);
        Require<IPartnerDirectory>(Storage);
        Require<IBlobStore>("AddFileSystemBlobs(o => o.Directory = \"data/blobs\") or AddS3Blobs(...)");
        if (options.Value.Executor == BuiltInExecutor.ExecutorName)
        {
            Require<IAnalyticsLoader>("AddIngest().UseSqliteAnalytics(o => o.Directory = \"data/analytics\")");
        }

        const string Kernel = "AddJobs().UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests";
        Require<IJobStore>(Kernel);
        Require<IJobQueue>(Kernel);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Require<T>(string line)
    {
        if (!services.IsService(typeof(T)))
        {
            throw new InvalidOperationException($"Ingest needs an {typeof(T).Name}. Add: builder.Services.{line}");
        }
    }
}
