using Microsoft.Extensions.DependencyInjection;
using Switchyard.Conformance.Ingest;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Gives the ingest suites a node and its clock.</summary>
internal sealed class NodeIngestFixture(TestNode node, ManualTimeProvider clock, Func<TimeSpan, Task> advance, Func<ValueTask> dispose) : IIngestStoreFixture
{
    public IIngestJobStore Jobs => node.Provider.GetRequiredService<IIngestJobStore>();

    public IIngestRunStore Runs => node.Provider.GetRequiredService<IIngestRunStore>();

    public IPartnerDirectory Partners => node.Provider.GetRequiredService<IPartnerDirectory>();

    public IJobStore Kernel => node.Jobs;

    public DateTimeOffset Now => clock.GetUtcNow();

    public Task AdvanceAsync(TimeSpan by)
    {
        clock.Advance(by);
        return advance(by);
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await dispose();
    }
}
