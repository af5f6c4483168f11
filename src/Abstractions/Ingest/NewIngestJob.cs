namespace Switchyard.Ingest;

/// <summary>Represents a job to be stored.</summary>
/// <param name="Job">The job, without runs.</param>
/// <param name="Idempotency">The client's idempotency key, where it sent one.</param>
public sealed record NewIngestJob(IngestJob Job, IdempotencyKey? Idempotency);

/// <summary>Represents a client's promise that requests with one key are one request.</summary>
/// <param name="Issuer">The issuer of the client's token.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Key">The key as it was sent.</param>
/// <param name="BodyHash">A hash of the request's body.</param>
/// <param name="NotBefore">Keys that were stored before this instant count no more, and are pruned.</param>
public sealed record IdempotencyKey(string Issuer, string ClientId, string Key, string BodyHash, DateTimeOffset NotBefore);

/// <summary>Represents what became of a job to be stored.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Job">The job that stands for the request; <see langword="null"/> on a conflict.</param>
public sealed record CreateJobResult(CreateJobOutcome Outcome, IngestJob? Job);

/// <summary>Represents what became of a job to be stored.</summary>
public enum CreateJobOutcome
{
    /// <summary>The job is stored.</summary>
    Created = 0,

    /// <summary>The key was used before with the same body; the job of that time is given back and nothing was stored.</summary>
    Repeated = 1,

    /// <summary>The key was used before with another body; nothing was stored.</summary>
    KeyConflict = 2,
}
