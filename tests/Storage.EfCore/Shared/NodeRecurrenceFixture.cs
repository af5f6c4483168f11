using Microsoft.Extensions.DependencyInjection;
using Switchyard.Conformance.Recurring;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Gives the suite of recurrences a node and its clock.</summary>
internal sealed class NodeRecurrenceFixture(TestNode node, Func<TimeSpan, Task> advance, Func<ValueTask> dispose) : IRecurrenceStoreFixture
{
    public IRecurrenceStore Store => node.Provider.GetRequiredService<IRecurrenceStore>();

    public IJobStore Kernel => node.Jobs;

    public Task AdvanceAsync(TimeSpan by) => advance(by);

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await dispose();
    }
}
