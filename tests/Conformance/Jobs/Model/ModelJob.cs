using Switchyard.Jobs;

namespace Switchyard.Conformance.Jobs.Model;

/// <summary>A job as the model sees it.</summary>
internal sealed class ModelJob
{
    public required JobRequest Request { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset AvailableAt { get; set; }

    public required JobId RootId { get; init; }

    public required JobId? ParentId { get; init; }

    public JobState State { get; set; } = JobState.Queued;

    public int Attempt { get; set; }

    public bool Started { get; set; }

    public long Token { get; set; }

    public string? Owner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public int LeasesLost { get; set; }

    public bool CancelRequested { get; set; }

    public string? Error { get; set; }

    /// <summary>Whether the store chose the text of <see cref="Error"/>.</summary>
    public bool ErrorIsTheStores { get; set; }

    public string? Result { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public JobId Id => Request.Id;

    public bool IsUnfinished => State is JobState.Queued or JobState.Running;

    public bool Holds(JobLease lease) => State == JobState.Running && Token == lease.Token;

    /// <summary>What the store must show, but for what the port leaves to it.</summary>
    public Job Expected(Job shown) => new()
    {
        Id = Id, Kind = Request.Kind, Payload = Request.Payload, State = State, Priority = Request.Priority, AvailableAt = AvailableAt, Attempt = Attempt,
        MaxAttempts = Request.MaxAttempts, Timeout = Request.Timeout, DedupeKey = Request.DedupeKey, ConcurrencyKey = Request.ConcurrencyKey,
        RootId = RootId, ParentId = ParentId, OnFailure = Request.OnFailure, Result = Result, CreatedAt = CreatedAt, FinishedAt = FinishedAt,
        LeaseOwner = Owner, LeaseExpiresAt = LeaseUntil, LeasesLost = LeasesLost, LastError = ErrorIsTheStores ? shown.LastError : Error,

        // Ends and waiting jobs have no claim, so their token is the store's affair, as long as it never falls.
        LeaseToken = State == JobState.Running ? Token : shown.LeaseToken,
        CancelRequested = IsUnfinished ? CancelRequested : shown.CancelRequested,
        TraceParent = shown.TraceParent,
        ErrorType = shown.ErrorType,
    };
}
