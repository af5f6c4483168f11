namespace Switchyard.Ingest;

/// <summary>Stores ingest jobs. Each call is one transaction, durable when it returns.</summary>
public interface IIngestJobStore
{
    /// <summary>Stores a job with its files. Of concurrent calls with one idempotency key, one stores and the others repeat it.</summary>
    Task<CreateJobResult> CreateAsync(NewIngestJob job, CancellationToken cancellationToken);

    /// <summary>Gets a job with files and runs, or <see langword="null"/> where there is none such.</summary>
    Task<IngestJob?> FindAsync(Guid uid, CancellationToken cancellationToken);

    /// <summary>Lists jobs of some partners, newest first (then by identifier), each with its last run alone.</summary>
    Task<IngestJobPage> ListAsync(IngestJobQuery query, CancellationToken cancellationToken);

    /// <summary>Stores a run, the frozen files and the kernel jobs, all or none. The database lets at most one run of a job be unfinished.</summary>
    Task<StartRunOutcome> StartAsync(StartRun start, CancellationToken cancellationToken);
}

/// <summary>Represents which jobs to list.</summary>
/// <param name="Partners">The partners whose jobs are wanted.</param>
/// <param name="Skip">How many to pass over.</param>
/// <param name="Limit">How many to give at the most.</param>
public sealed record IngestJobQuery(IReadOnlyList<string> Partners, int Skip, int Limit);

/// <summary>Represents one page of a list of jobs.</summary>
/// <param name="Jobs">The jobs of this page.</param>
/// <param name="Total">How many there are over all pages.</param>
public sealed record IngestJobPage(IReadOnlyList<IngestJob> Jobs, long Total);
