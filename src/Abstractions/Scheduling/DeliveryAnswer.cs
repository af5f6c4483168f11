namespace Switchyard.Scheduling;

/// <summary>Represents what a receiver answered.</summary>
/// <param name="StatusCode">The status code.</param>
/// <param name="Headers">The headers, a JSON object of names and values; at most 16 KiB of it are kept.</param>
/// <param name="Body">The body as text, at most 64 KiB of it.</param>
public sealed record DeliveryAnswer(int StatusCode, string? Headers, string? Body);
