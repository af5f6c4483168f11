using Microsoft.Extensions.DependencyInjection;
using Switchyard.Conformance.Jobs;
using Switchyard.Conformance.Jobs.Operations;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Gives the conformance suite a node, a clock, and effects on the user's own table.</summary>
internal sealed class NodeFixture(TestNode node, Func<TimeSpan, Task> advance, Func<ValueTask> dispose, int cases) : IJobOperationsFixture, IJobEffectProbe
{
    public IJobStore Store => node.Jobs;

    public IJobAdmin Admin => node.Provider.GetRequiredService<IJobAdmin>();

    public IJobKindStore Kinds => node.Provider.GetRequiredService<IJobKindStore>();

    public INodeRegistry Nodes => node.Provider.GetRequiredService<INodeRegistry>();

    public IJobJournal Journal => node.Provider.GetRequiredService<IJobJournal>();

    public IJobMaintenance Maintenance => node.Provider.GetRequiredService<IJobMaintenance>();

    public IJobEffectProbe Effects => this;

    public int PropertyCases => cases;

    public Task AdvanceAsync(TimeSpan by) => advance(by);

    public JobEffect Applicable(string text) => new NoteEffect(text);

    public JobEffect? Impossible() => new DuplicateNoteEffect("twice");

    public async Task<IReadOnlyList<string>> ReadAsync() => await node.ReadNotesAsync();

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await dispose();
    }
}
