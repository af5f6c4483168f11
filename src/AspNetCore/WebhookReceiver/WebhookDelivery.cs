namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Represents a delivery whose signature was verified.</summary>
/// <param name="Id">The value of <c>webhook-id</c>: the same for every attempt to deliver one message.</param>
/// <param name="Timestamp">When the sender signed this attempt, to the second.</param>
/// <param name="ContentType">The body's content type, or <see langword="null"/> where the sender gave none.</param>
/// <param name="Body">The body, byte by byte as it was signed.</param>
public sealed record WebhookDelivery(string Id, DateTimeOffset Timestamp, string? ContentType, ReadOnlyMemory<byte> Body);
