using Switchyard.Conformance.Jobs;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Gives the conformance suite a node, a clock, and effects on the user's own table.</summary>
internal sealed class NodeFixture(TestNode node, Func<TimeSpan, Task> advance, Func<ValueTask> dispose, int cases) : IJobStoreFixture, IJobEffectProbe
{
    public IJobStore Store => node.Jobs;

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
