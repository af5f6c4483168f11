using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>Judges a history by what the kernel and its stores promise, from the journal alone.</summary>
internal static class Checker
{
    private static readonly Func<Course, IEnumerable<Violation>>[] Rules =
    [
        TransitionRules.Check, LeaseRules.Check, AttemptRules.Check, EffectRules.Check, TimingRules.Check, KeyRules.Check, LimitRules.Check, RunRules.Check, HealthRules.Check, WaitRules.Check,
    ];

    /// <summary>Gets the promises that were not kept, first things first.</summary>
    public static IReadOnlyList<Violation> Judge(History history)
    {
        var course = new Course(history);
        return [.. history.Observed.Concat(Rules.SelectMany(rule => rule(course))).OrderBy(violation => violation.At)];
    }
}
