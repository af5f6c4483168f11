namespace Switchyard.Scheduling;

/// <summary>Represents a request to change a webhook (seed 4, <c>PUT /webhooks/{id}</c>). What is <see langword="null"/> stays as it is.</summary>
/// <remarks>The rules of values are those of <see cref="CreateWebhook"/>. Empty headers or query parameters remove those that are there; an empty template sends no body.</remarks>
public sealed record UpdateWebhook
{
    /// <summary>Gets the URL.</summary>
    public string? Url { get; init; }

    /// <summary>Gets the method.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the headers, all of them. Where values are masked, a masked one stays as it is.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>Gets the query parameters, all of them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? QueryParams { get; init; }

    /// <summary>Gets the template of the body.</summary>
    public string? BodyTemplate { get; init; }

    /// <summary>Gets how long a delivery may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets whether it is delivered to: <see langword="true"/> enables one again that an answer of 410 has disabled. An extension of the seed.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Gives nothing of the headers, so that one in a log does no harm.</summary>
    public override string ToString() => $"{nameof(UpdateWebhook)} {Method}";
}
