namespace Switchyard.Jobs;

/// <summary>Represents a change that a store applies in the very transaction that completes a job.</summary>
/// <remarks>
/// An effect is data: a handler returns it and never writes it itself, so that the fence of the job's lease guards it.
/// A store refuses an effect of a type that it doesn't know (<see cref="CompletionStatus.Refused"/>).
/// </remarks>
public abstract record JobEffect;
