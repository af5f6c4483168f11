namespace Switchyard.Ingest.Submission;

/// <summary>Decides whether an idempotency key is good.</summary>
internal static class IdempotencyRules
{
    private const int MaxLength = 255;

    public static IngestRefusal? Check(string? key, IngestClient client) => key switch
    {
        null => null,
        _ when !IsKey(key) => new(400, "invalid_idempotency_key", $"Idempotency-Key must be 1 to {MaxLength} visible ASCII characters."),
        _ when client.ClientId is null => new(400, "idempotency_key_without_client", "Idempotency-Key needs a token that names its client: client_id, azp or sub."),
        _ => null,
    };

    public static IdempotencyKey? Make(SubmitJob request, IngestClient client, DateTimeOffset notBefore) =>
        request.IdempotencyKey is { } key
            ? new(client.Issuer, client.ClientId!, key, SubmissionHash.Of(request), notBefore)
            : null;

    private static bool IsKey(string key) => key.Length is > 0 and <= MaxLength && key.All(c => c is >= ' ' and <= '~') && !string.IsNullOrWhiteSpace(key);
}
