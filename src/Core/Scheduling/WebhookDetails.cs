namespace Switchyard.Scheduling;

/// <summary>Represents a webhook as its owner sees it: header values opened (or masked, where options say so), signing secrets left out.</summary>
public sealed record WebhookDetails
{
    /// <summary>Gets the id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the schedule.</summary>
    public required Guid JobId { get; init; }

    /// <summary>Gets the URL.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the headers, in their order; <see langword="null"/> where none were given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>Gets the query parameters, in their order; <see langword="null"/> where none were given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? QueryParams { get; init; }

    /// <summary>Gets the template of the body; <see langword="null"/> where none was given.</summary>
    public string? BodyTemplate { get; init; }

    /// <summary>Gets how long a delivery may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Gets until when the signing secret before the last rotation signs too; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Gets when it was disabled; <see langword="null"/> while it isn't.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Gets why it was disabled, in words.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Gives nothing of the headers, so that one in a log does no harm.</summary>
    public override string ToString() => $"{nameof(WebhookDetails)} {Id}";
}
