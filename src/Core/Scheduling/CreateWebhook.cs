namespace Switchyard.Scheduling;

/// <summary>Represents a request to make a webhook (seed 4, <c>POST /webhooks</c>). What is required and absent is named with all other problems.</summary>
public sealed record CreateWebhook
{
    /// <summary>Gets the schedule. Required.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Gets the URL. Required: absolute http or https, at most 500 characters, no user name, allowed by the outbound guard. A fragment is dropped.</summary>
    public string? Url { get; init; }

    /// <summary>Gets the method. Required: GET, POST, PUT, DELETE or PATCH.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the headers: at most 50, values of at most 8 KiB of visible ASCII, none that the connection needs for itself.</summary>
    /// <remarks>A list, so that names that differ by case alone are seen and refused.</remarks>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>Gets the query parameters, appended to those of the URL: at most 100, and at most 8 KiB of URL in all.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? QueryParams { get; init; }

    /// <summary>Gets the template of the body, at most 256 KiB of UTF-8.</summary>
    public string? BodyTemplate { get; init; }

    /// <summary>Gets how long a delivery may take: 1 to 300 seconds, whole ones; <see langword="null"/> means 30 seconds.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gives nothing of the headers, so that one in a log does no harm.</summary>
    public override string ToString() => $"{nameof(CreateWebhook)} {Method}";
}
