using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Represents what a statement that may end jobs says of one: see <see cref="JobSql.Ended"/>.</summary>
internal sealed record EndedJob(JobId Id, string Kind, JobState State, JobId RootId, string? TraceParent, JobFollowUp? OnFailure)
{
    public static EndedJob Read(SqlReader row) => new(
        new JobId(row.Id(0)),
        row.Text(1),
        (JobState)row.Integer(2),
        new JobId(row.Id(3)),
        row.TextOrNull(4),
        row.TextOrNull(5) is { } kind ? new JobFollowUp(kind, row.Text(6)) : null);

    /// <summary>Gets the job that the end enqueues, or <see langword="null"/> where there is none to.</summary>
    public JobRequest? FollowUp(TimeProvider timeProvider) =>
        OnFailure is null || State is JobState.Queued or JobState.Running or JobState.Succeeded
            ? null
            : new JobRequest
            {
                Id = JobId.New(timeProvider),
                Kind = OnFailure.Kind,
                Payload = OnFailure.Payload,
                RootId = RootId,
                ParentId = Id,
                TraceParent = TraceParent,
            };
}
