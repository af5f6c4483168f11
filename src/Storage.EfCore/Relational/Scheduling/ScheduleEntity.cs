namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Represents the row of a schedule; its recurrence bears the same id.</summary>
internal sealed class ScheduleEntity
{
    public Guid Id { get; set; }

    public Guid AccountId { get; set; }

    public string Name { get; set; } = "";

    public int Type { get; set; }

    /// <summary>Gets or sets a copy of the recurrence's own, so that an account's schedules are listed and counted by one index.</summary>
    public bool Enabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Represents the row of a webhook.</summary>
internal sealed class WebhookEntity
{
    public Guid Id { get; set; }

    public Guid ScheduleId { get; set; }

    public string Url { get; set; } = "";

    public string Method { get; set; } = "";

    public string? SealedHeaders { get; set; }

    public string? QueryParams { get; set; }

    public string? BodyTemplate { get; set; }

    public long TimeoutMicroseconds { get; set; }

    public string SealedSecret { get; set; } = "";

    public string? SealedOldSecret { get; set; }

    public DateTimeOffset? OldSecretUntil { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    public string? DisabledReason { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
