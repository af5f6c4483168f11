namespace Switchyard.Scheduling;

/// <summary>Represents a request to render a webhook without storing or sending it. The rules of values are those of <see cref="CreateWebhook"/>.</summary>
public sealed record PreviewWebhook
{
    /// <summary>Gets the schedule whose values fill the template; <see langword="null"/> for sample values.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Gets the URL. Required.</summary>
    public string? Url { get; init; }

    /// <summary>Gets the method. Required.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>Gets the query parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? QueryParams { get; init; }

    /// <summary>Gets the template of the body.</summary>
    public string? BodyTemplate { get; init; }

    /// <summary>Gives nothing of the headers, so that one in a log does no harm.</summary>
    public override string ToString() => $"{nameof(PreviewWebhook)} {Method}";
}
