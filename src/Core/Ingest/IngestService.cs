using Switchyard.Ingest.Submission;

namespace Switchyard.Ingest;

/// <summary>Creates, starts and shows ingest jobs for the clients of the API.</summary>
/// <remarks>
/// Submissions are checked in one fixed order: partner granted (403), idempotency key (400), tenant (400), bundle (400, one
/// message for unknown and not enabled), school year and its one ODS (400, several are 500), bundle in the registry (500),
/// then params and files (400): the first category that fails is reported, with all that offends in it.
/// </remarks>
public sealed class IngestService
{
    private readonly JobSubmitter _submitter;
    private readonly JobStarter _starter;
    private readonly IIngestJobStore _jobs;

    internal IngestService(JobSubmitter submitter, JobStarter starter, IIngestJobStore jobs)
    {
        _submitter = submitter;
        _starter = starter;
        _jobs = jobs;
    }

    /// <summary>Creates a job and signs the upload URLs of its files.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    public Task<SubmitResult> SubmitAsync(IngestCaller caller, SubmitJob request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        return _submitter.SubmitAsync(caller, request, cancellationToken);
    }

    /// <summary>Starts a job whose files are uploaded. What is uploaded later makes no difference to this or later runs.</summary>
    /// <param name="caller">Who asks; a job of a partner that isn't granted is as unknown as one that isn't there.</param>
    /// <param name="uid">The job.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    public Task<StartResult> StartAsync(IngestCaller caller, Guid uid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _starter.StartAsync(uid, Partners(caller), cancellationToken);
    }

    /// <summary>Gets a job with its runs, or <see langword="null"/> where there is none such, or its partner isn't granted.</summary>
    public async Task<IngestJob?> FindAsync(IngestCaller caller, Guid uid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var job = await _jobs.FindAsync(uid, cancellationToken).ConfigureAwait(false);
        return job is not null && Partners(caller).Contains(job.Partner, StringComparer.Ordinal) ? job : null;
    }

    /// <summary>Lists jobs, newest first, each with its last run alone.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="partner">The partner whose jobs are wanted; <see langword="null"/> for all that are granted.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="limit">How many to give at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ListResult> ListAsync(IngestCaller caller, string? partner, int skip, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (partner is not null && SubmissionRules.Partner(caller, partner) is { } refusal)
        {
            return new ListResult.Refused(refusal);
        }

        var partners = partner is null ? Partners(caller) : [.. Partners(caller).Where(code => code == partner)];
        return new ListResult.Listed(partners.Count == 0
            ? new([], 0)
            : await _jobs.ListAsync(new(partners, skip, limit), cancellationToken).ConfigureAwait(false));
    }

    // A scope may hold anything; what isn't a code is nobody's partner, and no database is asked for it.
    private static IReadOnlyList<string> Partners(IngestCaller caller) =>
        [.. caller.Scopes.Grants(IngestScopes.Partner).Where(IngestCodes.IsCode)];
}
