namespace Switchyard.Jobs.Operations;

/// <summary>Represents what a change of many jobs came to.</summary>
/// <param name="Matched">How many jobs qualified when the call began, counted to no more than one beyond the cap.</param>
/// <param name="Changed">How many of them were changed; zero in a dry run.</param>
/// <param name="OperationId">What was recorded of it; <see langword="null"/> in a dry run.</param>
public sealed record JobBulkResult(long Matched, long Changed, Guid? OperationId);
