namespace Switchyard.AspNetCore.Ingest;

/// <summary>Names the codes of errors that the endpoints find themselves; those of the service come with its refusals.</summary>
internal static class IngestErrorCodes
{
    /// <summary>A body whose members are missing or of the wrong type; the message is a list.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>An identifier in the path that is no UUID.</summary>
    public const string InvalidUid = "invalid_uid";

    /// <summary>An <c>Idempotency-Key</c> header that is given twice, or isn't 1 to 255 visible ASCII characters.</summary>
    public const string InvalidIdempotencyKey = "invalid_idempotency_key";
}
