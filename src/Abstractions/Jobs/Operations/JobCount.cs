namespace Switchyard.Jobs.Operations;

/// <summary>Represents how many jobs of a kind are in a state.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="State">The state.</param>
/// <param name="Count">How many.</param>
public sealed record JobCount(string Kind, JobState State, long Count);
