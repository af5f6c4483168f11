namespace Switchyard.Jobs.Operations;

/// <summary>Represents a worker.</summary>
public sealed record JobNode
{
    /// <summary>Gets the name, which its leases bear. At most 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the version of the program that it runs in. At most 128 characters.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the kinds that it has handlers for.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Gets how many handlers it runs at once at the most.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Gets how many handlers run.</summary>
    public required int Running { get; init; }

    /// <summary>Gets how many claimed jobs wait in its buffer.</summary>
    public int Buffered { get; init; }

    /// <summary>Gets when the worker was first heard of, by the store's clock; stores set it.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when the worker was last heard of, by the store's clock; stores set it.</summary>
    public DateTimeOffset SeenAt { get; init; }
}
