namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class JobSql
{
    private static readonly SqlColumn[] NewJobColumns =
    [
        new("p_id", SqlType.Id), new("p_kind", SqlType.Text), new("p_payload", SqlType.Text), new("p_priority", SqlType.Number),
        new("p_delay", SqlType.BigNumber), new("p_not_before", SqlType.Instant), new("p_max_attempts", SqlType.Number),
        new("p_timeout", SqlType.BigNumber), new("p_dedupe", SqlType.Text), new("p_dedupe_for", SqlType.BigNumber), new("p_concurrency", SqlType.Text),
        new("p_root", SqlType.Id), new("p_parent", SqlType.Id), new("p_trace", SqlType.Text), new("p_failure_kind", SqlType.Text),
        new("p_failure_payload", SqlType.Text),
    ];

    private static readonly SqlColumn[] PlainJobColumns = [new("p_id", SqlType.Id), new("p_payload", SqlType.Text), new("p_trace", SqlType.Text)];

    private static readonly SqlColumn[] LeaseColumns = [new("p_id", SqlType.Id), new("p_token", SqlType.BigNumber)];

    private static readonly SqlColumn[] SuccessColumns = [.. LeaseColumns, new("p_result", SqlType.Text)];

    private static readonly SqlColumn[] OutcomeColumns =
    [
        .. SuccessColumns, new("p_state", SqlType.Number), new("p_delay", SqlType.BigNumber), new("p_error", SqlType.Text), new("p_error_type", SqlType.Text),
    ];

    private static readonly SqlColumn[] StandingColumns = [new("p_id", SqlType.Id), new("p_kind", SqlType.Text), new("p_dedupe", SqlType.Text)];

    private static readonly SqlColumn[] TallyColumns = [new("p_kind", SqlType.Text), new("p_state", SqlType.Number), new("p_count", SqlType.BigNumber)];

    private static readonly SqlColumn[] TakeColumns = [new("p_id", SqlType.Id), new("p_start", SqlType.Flag)];

    public static SqlRows NewJobs() => new("jobs", NewJobColumns);

    public static SqlRows PlainJobs() => new("plain", PlainJobColumns);

    public static SqlRows Leases() => new("leases", LeaseColumns);

    public static SqlRows Successes() => new("successes", SuccessColumns);

    public static SqlRows Outcomes() => new("outcomes", OutcomeColumns);

    public static SqlRows Standing() => new("standing", StandingColumns);

    public static SqlRows Tallies() => new("tallies", TallyColumns);

    public static SqlRows Takes() => new("takes", TakeColumns);
}
