namespace Switchyard.Storage.EfCore.Scheduling;

internal sealed partial class ExecutionSql
{
    private static readonly SqlColumn[] IdColumns = [new("p_id", SqlType.Id)];

    private static readonly SqlColumn[] NewColumns =
    [
        new("p_id", SqlType.Id), new("p_root", SqlType.Id), new("p_attempt", SqlType.Number), new("p_schedule", SqlType.Id), new("p_webhook", SqlType.Id),
        new("p_cause", SqlType.Number), new("p_outcome", SqlType.Number), new("p_scheduled", SqlType.Instant), new("p_created", SqlType.Instant),
        new("p_due", SqlType.Instant), new("p_started", SqlType.Instant), new("p_finished", SqlType.Instant), new("p_worker", SqlType.Text),
        new("p_error", SqlType.Text), new("p_code", SqlType.Number), new("p_headers", SqlType.Text), new("p_body", SqlType.Text),
    ];

    private static readonly SqlColumn[] EndColumns =
    [
        new("p_root", SqlType.Id), new("p_attempt", SqlType.Number), new("p_status", SqlType.Number), new("p_at", SqlType.Instant),
        new("p_code", SqlType.Number), new("p_headers", SqlType.Text), new("p_body", SqlType.Text), new("p_error", SqlType.Text),
    ];

    private static readonly SqlColumn[] StartColumns =
        [new("p_root", SqlType.Id), new("p_attempt", SqlType.Number), new("p_at", SqlType.Instant), new("p_worker", SqlType.Text)];

    private static readonly SqlColumn[] TallyColumns =
    [
        new("p_account", SqlType.Id), new("p_status", SqlType.Number), new("p_count", SqlType.BigNumber), new("p_timed", SqlType.BigNumber), new("p_duration", SqlType.BigNumber),
    ];

    private static readonly SqlColumn[] TallyIdColumns = [new("p_id", SqlType.BigNumber)];

    public static SqlRows Ids() => new("ids", IdColumns);

    public static SqlRows Webhooks() => new("hooks", IdColumns);

    public static SqlRows NewRows() => new("added", NewColumns);

    public static SqlRows Starts() => new("starts", StartColumns);

    public static SqlRows Ends() => new("ends", EndColumns);

    public static SqlRows Tallies() => new("tallied", TallyColumns);

    public static SqlRows TallyIds() => new("ids", TallyIdColumns);
}
