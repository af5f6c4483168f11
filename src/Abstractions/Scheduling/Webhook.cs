namespace Switchyard.Scheduling;

/// <summary>Represents where a schedule's firings are delivered.</summary>
/// <remarks>Header values and secrets are sealed by <see cref="Secrets.ISecretProtector"/> before they come here.</remarks>
public sealed record Webhook
{
    /// <summary>Gets the id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>Gets the absolute http or https URL, at most 500 characters.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the method: GET, POST, PUT, DELETE or PATCH.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the headers, a JSON object, sealed; <see langword="null"/> where none were given.</summary>
    public string? SealedHeaders { get; init; }

    /// <summary>Gets the query parameters, a JSON object of texts; <see langword="null"/> where none were given.</summary>
    public string? QueryParams { get; init; }

    /// <summary>Gets the template of the body; <see langword="null"/> sends none.</summary>
    public string? BodyTemplate { get; init; }

    /// <summary>Gets how long a delivery may take.</summary>
    /// <value>The default value is 30 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the signing secret, sealed.</summary>
    public required string SealedSecret { get; init; }

    /// <summary>Gets the secret before the last rotation, sealed.</summary>
    public string? SealedOldSecret { get; init; }

    /// <summary>Gets until when the old secret signs too.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Gets when it was disabled; <see langword="null"/> while it isn't. Firings pass a disabled one over.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Gets why it was disabled, in words.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
