namespace Switchyard.Ingest;

/// <summary>Creates, starts and shows ingest jobs for the clients of the API.</summary>
public sealed class IngestService
{
    /// <summary>Creates a job and signs the upload URLs of its files.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    public Task<SubmitResult> SubmitAsync(IngestCaller caller, SubmitJob request, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Starts a job whose files are uploaded.</summary>
    /// <param name="caller">Who asks; a job of a partner that isn't granted is as unknown as one that isn't there.</param>
    /// <param name="uid">The job.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    public Task<StartResult> StartAsync(IngestCaller caller, Guid uid, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Gets a job with its runs, or <see langword="null"/> where there is none such, or its partner isn't granted.</summary>
    public Task<IngestJob?> FindAsync(IngestCaller caller, Guid uid, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Lists jobs, newest first, each with its last run alone.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="partner">The partner whose jobs are wanted; <see langword="null"/> for all that are granted.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="limit">How many to give at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ListResult> ListAsync(IngestCaller caller, string? partner, int skip, int limit, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
