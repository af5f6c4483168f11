namespace Switchyard.Webhooks;

/// <summary>Represents the three headers of a Standard Webhooks delivery, as they came.</summary>
/// <param name="Id">The value of <c>webhook-id</c>: the same for every attempt to deliver one message.</param>
/// <param name="Timestamp">The value of <c>webhook-timestamp</c>: whole seconds since 1970 (UTC), in digits.</param>
/// <param name="Signature">The value of <c>webhook-signature</c>: signatures separated by spaces, such as <c>v1,…</c>.</param>
public readonly record struct WebhookHeaders(string? Id, string? Timestamp, string? Signature)
{
    /// <summary>The name of the header that identifies the message.</summary>
    public const string IdName = "webhook-id";

    /// <summary>The name of the header that says when this attempt was signed.</summary>
    public const string TimestampName = "webhook-timestamp";

    /// <summary>The name of the header that holds the signatures.</summary>
    public const string SignatureName = "webhook-signature";

    /// <summary>The greatest length of an id, in characters.</summary>
    public const int MaxIdLength = 256;

    /// <summary>Gets whether a text can be an id: 1 to 256 visible ASCII characters without a full stop, which separates what is signed.</summary>
    /// <param name="id">The text.</param>
    public static bool IsId(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxIdLength && !id.ContainsAnyExceptInRange('!', '~') && !id.Contains('.');
}
