namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Represents the row of a recurrence: the shape that migrations make and <see cref="RecurrenceSql"/> reads and writes.</summary>
internal sealed class RecurrenceEntity
{
    public Guid Id { get; set; }

    public string Kind { get; set; } = "";

    public string Expression { get; set; } = "";

    public string TimeZone { get; set; } = "";

    public bool Enabled { get; set; }

    public int MisfirePolicy { get; set; }

    public long? CatchUpMicroseconds { get; set; }

    public int OverlapPolicy { get; set; }

    public string? Template { get; set; }

    public DateTimeOffset? NextAt { get; set; }

    /// <summary>When the tick looks at it: the next nominal instant, but where a firing asked for another time.</summary>
    public DateTimeOffset? LookAt { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    public long Revision { get; set; }
}

/// <summary>Represents a target of a recurrence; targets are in the order in which they were added.</summary>
internal sealed class RecurrenceTargetEntity
{
    public Guid RecurrenceId { get; set; }

    public Guid TargetId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Represents a definition that a recurrence has, or had until the next one began.</summary>
internal sealed class RecurrenceRevisionEntity
{
    public Guid RecurrenceId { get; set; }

    public long Revision { get; set; }

    public DateTimeOffset Since { get; set; }

    public string Expression { get; set; } = "";

    public string TimeZone { get; set; } = "";

    public bool Enabled { get; set; }
}
