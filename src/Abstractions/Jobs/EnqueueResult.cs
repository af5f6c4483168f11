namespace Switchyard.Jobs;

/// <summary>Represents what became of one request to enqueue.</summary>
/// <param name="Id">The job that stands for the request: its own, or the unfinished one that bears its dedupe key.</param>
/// <param name="Created">Whether a row was written; <see langword="false"/> where the id or the dedupe key was there already.</param>
public readonly record struct EnqueueResult(JobId Id, bool Created);
