namespace Switchyard.Jobs.Operations;

/// <summary>Represents the record of something that a person did to many jobs, or to a kind.</summary>
public sealed record JobOperation
{
    /// <summary>Gets the id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets what was done: <c>cancel</c>, <c>replay</c>, <c>discard</c>, <c>pause</c> or <c>resume</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Gets who did it.</summary>
    public required string Actor { get; init; }

    /// <summary>Gets why.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets what it was done to: the filter as a JSON text, or the kind.</summary>
    public required string Target { get; init; }

    /// <summary>Gets how many jobs were changed.</summary>
    public required long Changed { get; init; }

    /// <summary>Gets when, by the store's clock.</summary>
    public required DateTimeOffset At { get; init; }
}
