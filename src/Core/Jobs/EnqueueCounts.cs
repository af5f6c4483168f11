namespace Switchyard.Jobs;

/// <summary>Represents what a stream of requests came to.</summary>
/// <param name="Requested">How many requests were taken from the stream.</param>
/// <param name="Created">How many of them were written; the others were there already, by their id or their dedupe key.</param>
public readonly record struct EnqueueCounts(long Requested, long Created);
