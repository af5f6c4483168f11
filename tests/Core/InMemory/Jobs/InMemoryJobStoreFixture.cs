using Switchyard.Conformance.Jobs;
using Switchyard.Jobs;
using Switchyard.TestKit;

namespace Switchyard.InMemory.Jobs;

internal sealed class InMemoryJobStoreFixture : IJobStoreFixture, IJobEffectProbe
{
    private readonly ManualTimeProvider _clock = new();
    private readonly NoteApplier _notes = new();

    public InMemoryJobStoreFixture() => Store = new InMemoryJobStore(new InMemoryDatabase(_clock, []), [_notes], _clock);

    public IJobStore Store { get; }

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
