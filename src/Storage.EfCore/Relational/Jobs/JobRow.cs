using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Reads jobs out of the results of <see cref="JobSql"/>.</summary>
internal static class JobRow
{
    public const string Columns =
        "id, kind, payload, state, priority, available_at, attempt, max_attempts, timeout_microseconds, lease_owner, lease_token, lease_expires_at, "
        + "leases_lost, cancel_requested, dedupe_key, concurrency_key, root_id, parent_id, traceparent, on_failure_kind, on_failure_payload, "
        + "result, last_error, error_type, dedupe_until, created_at, finished_at";

    public static Job Read(SqlReader row) => new()
    {
        Id = new JobId(row.Id(0)),
        Kind = row.Text(1),
        Payload = row.Text(2),
        State = (JobState)row.Integer(3),
        Priority = row.Integer(4),
        AvailableAt = row.Instant(5),
        Attempt = row.Integer(6),
        MaxAttempts = row.Integer(7),
        Timeout = Duration(row.LongOrNull(8)),
        LeaseOwner = row.TextOrNull(9),
        LeaseToken = row.Long(10),
        LeaseExpiresAt = row.InstantOrNull(11),
        LeasesLost = row.Integer(12),
        CancelRequested = row.Flag(13),
        DedupeKey = row.TextOrNull(14),
        ConcurrencyKey = row.TextOrNull(15),
        RootId = new JobId(row.Id(16)),
        ParentId = row.IdOrNull(17) is { } parent ? new JobId(parent) : null,
        TraceParent = row.TextOrNull(18),
        OnFailure = row.TextOrNull(19) is { } kind ? new JobFollowUp(kind, row.Text(20)) : null,
        Result = row.TextOrNull(21),
        LastError = row.TextOrNull(22),
        ErrorType = row.TextOrNull(23),
        DedupeUntil = row.InstantOrNull(24),
        CreatedAt = row.Instant(25),
        FinishedAt = row.InstantOrNull(26),
    };

    public static (ClaimedJob Job, int Priority) ReadClaimed(SqlReader row)
    {
        var started = row.Flag(6);
        var job = new ClaimedJob
        {
            Lease = new JobLease(new JobId(row.Id(0)), row.Long(1)),
            Kind = row.Text(2),
            Payload = row.Text(3),
            Attempt = started ? row.Integer(4) : row.Integer(4) + 1,
            MaxAttempts = row.Integer(5),
            Started = started,
            Timeout = Duration(row.LongOrNull(7)),
            RootId = new JobId(row.Id(8)),
            TraceParent = row.TextOrNull(9),
            AvailableAt = row.Instant(10),
        };
        return (job, row.Integer(11));
    }

    public static JobLease ReadLease(SqlReader row) => new(new JobId(row.Id(0)), row.Long(1));

    public static long Microseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    public static long? Microseconds(TimeSpan? duration) => duration is { } value ? Microseconds(value) : null;

    private static TimeSpan? Duration(long? microseconds) =>
        microseconds is { } value ? TimeSpan.FromTicks(value * TimeSpan.TicksPerMicrosecond) : null;
}
