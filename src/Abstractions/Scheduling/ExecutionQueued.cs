using Switchyard.Jobs;

namespace Switchyard.Scheduling;

/// <summary>Stores a new execution. One whose (root, attempt) is there already, or whose schedule isn't, is left out.</summary>
/// <param name="Execution">The execution, queued, or ended at once where there is nothing to send.</param>
public sealed record ExecutionQueued(Execution Execution) : JobEffect;
