namespace Switchyard.FaultRig.Checking;

/// <summary>A promise that the history shows broken.</summary>
/// <param name="Rule">The rule, of <see cref="Rules"/>.</param>
/// <param name="What">What was found.</param>
internal sealed record Violation(string Rule, string What);
