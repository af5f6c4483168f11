namespace Switchyard.Ingest;

/// <summary>Represents what became of a request to create a job: one of the nested records.</summary>
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>Represents a job that was created.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="UploadUrls">A signed URL for each file key of the request.</param>
    public sealed record Accepted(IngestJob Job, IReadOnlyDictionary<string, Uri> UploadUrls) : SubmitResult;

    /// <summary>Represents the job that an earlier request with the same idempotency key made; it is answered alike.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="UploadUrls">The URLs, signed afresh.</param>
    public sealed record Repeated(IngestJob Job, IReadOnlyDictionary<string, Uri> UploadUrls) : SubmitResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(IngestRefusal Refusal) : SubmitResult;
}
