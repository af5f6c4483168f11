using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling;

/// <summary>Represents a scheduled job of seed 4: a recurrence that has an account, a name and webhooks.</summary>
public sealed record Schedule
{
    /// <summary>Gets the id, which is its recurrence's too.</summary>
    public Guid Id => Recurrence.Id;

    /// <summary>Gets the account that it belongs to.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Gets the name, 1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type, a number of the caller's that means nothing here.</summary>
    public required int Type { get; init; }

    /// <summary>Gets when and how it fires; its kind is <see cref="RecurrenceKind"/>.</summary>
    public required Recurrence Recurrence { get; init; }

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The kind of a schedule's recurrence.</summary>
    public const string RecurrenceKind = "scheduling";
}
