using Switchyard.Conformance.Jobs;
using Switchyard.Conformance.Jobs.Operations;
using Switchyard.InMemory.Jobs.Operations;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.TestKit;

namespace Switchyard.InMemory.Jobs;

internal sealed class InMemoryJobStoreFixture : IJobOperationsFixture, IJobEffectProbe
{
    private readonly ManualTimeProvider _clock = new();
    private readonly NoteApplier _notes = new();

    private readonly InMemoryDatabase _database;

    public InMemoryJobStoreFixture()
    {
        _database = new InMemoryDatabase(_clock, []);
        Store = new InMemoryJobStore(_database, [_notes]);
        Nodes = new InMemoryNodeRegistry(_database);
    }

    public IJobStore Store { get; }

    public IJobAdmin Admin => new InMemoryJobAdmin(_database);

    public IJobKindStore Kinds => new InMemoryJobKindStore(_database);

    public INodeRegistry Nodes { get; }

    public IJobJournal Journal => new InMemoryJobJournal(_database);

    public IJobMaintenance Maintenance => new InMemoryJobMaintenance(_database);

    public IJobEffectProbe? Effects => this;

    public int PropertyCases => 600;

    public Task AdvanceAsync(TimeSpan by)
    {
        _clock.Advance(by);
        return Task.CompletedTask;
    }

    public JobEffect Applicable(string text) => new Note(text, Possible: true);

    public JobEffect? Impossible() => new Note("", Possible: false);

    public Task<IReadOnlyList<string>> ReadAsync() => Task.FromResult<IReadOnlyList<string>>([.. _notes.Texts]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Note(string Text, bool Possible) : JobEffect;

    private sealed class NoteApplier : IInMemoryEffectApplier
    {
        public List<string> Texts { get; } = [];

        public bool Knows(JobEffect effect) => effect is Note;

        public EffectOutcome Apply(JobEffect effect, Job job, DateTimeOffset now)
        {
            var note = (Note)effect;
            if (!note.Possible)
            {
                return EffectOutcome.Refused("The note is impossible.");
            }

            Texts.Add(note.Text);
            return EffectOutcome.Applied(() => Texts.RemoveAt(Texts.Count - 1));
        }
    }
}
