namespace Switchyard.Jobs;

/// <summary>Represents a job that a store enqueues by itself when another one ends other than by success.</summary>
/// <param name="Kind">The kind of the job to enqueue.</param>
/// <param name="Payload">Its payload, a JSON text.</param>
public sealed record JobFollowUp(string Kind, string Payload);
