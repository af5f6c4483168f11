using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Holds the statements about accounts, schedules and webhooks, one SQL for every dialect.</summary>
internal sealed class ScheduleSql
{
    private static readonly ConditionalWeakTable<SwitchyardDialect, ScheduleSql> Cache = [];

    private ScheduleSql(SwitchyardDialect dialect)
    {
        var (accounts, schedules, webhooks, executions) = (
            dialect.Table("accounts"), dialect.Table("schedules"), dialect.Table("webhooks"), dialect.Table("executions"));
        var ids = dialect.RowsSource(ExecutionSql.Ids());
        Now = $"select {dialect.Now}";
        AddAccount = $"insert into {accounts} (id, owner, name, created_at) values (@id, @owner, @name, @at) on conflict do nothing";
        OwnerOf = $"select owner from {accounts} where id = @id";
        Insert = $"""
            insert into {schedules} (id, account_id, name, type, enabled, created_at, updated_at)
            values (@id, @account, @name, @type, @enabled, @created, @updated)
            """;
        Lock = $"select id from {schedules} where id = @id{dialect.ForUpdate}";
        Update = $"update {schedules} set name = @name, type = @type, enabled = @enabled, updated_at = @updated where id = @id";
        Find = $"select {ScheduleRow.Columns} from {ScheduleRow.From(dialect)} where s.id = @id";
        Delete = $"delete from {schedules} where id = @id returning account_id";
        CountSchedules = $"select enabled, count(*) from {schedules}, {ids} where account_id = p_id group by enabled";
        CountEnded = $"""
            select status, cast(sum(count) as bigint), cast(sum(timed) as bigint), cast(sum(duration_microseconds) as bigint)
            from {dialect.Table("execution_tallies")}, {ids} where account_id = p_id group by status
            """;
        CountUnfinished = $"""
            select e.started_at is not null, count(*) from {ids} join {schedules} s on s.account_id = p_id
            join {executions} e on e.schedule_id = s.id where e.outcome is null group by 1
            """;
        InsertWebhook = $"""
            insert into {webhooks} ({WebhookRow.Names})
            values (@id, @schedule, @url, @method, @headers, @query, @template, @timeout, @secret, @old_secret, @until, @disabled, @reason, @created, @updated)
            on conflict do nothing
            """;
        UpdateWebhook = $"""
            update {webhooks} set url = @url, method = @method, sealed_headers = @headers, query_params = @query, body_template = @template,
              timeout_microseconds = @timeout, sealed_secret = @secret, sealed_old_secret = @old_secret, old_secret_until = @until,
              disabled_at = @disabled, disabled_reason = @reason, updated_at = @updated
            where id = @id
            """;
        ScheduleOfWebhook = $"select schedule_id from {webhooks} where id = @id";
        LockWebhook = $"select {WebhookRow.Columns} from {webhooks} w where w.id = @id{dialect.ForUpdate}";
        FindWebhook = $"""
            select {ScheduleRow.Columns}, {WebhookRow.Columns} from {webhooks} w {ScheduleRow.JoinedBy(dialect, "w.schedule_id")} where w.id = @id
            """;
        ListWebhooks = $"select {WebhookRow.Columns} from {webhooks} w where w.schedule_id = @schedule order by w.created_at, w.id";
        DeleteWebhook = $"delete from {webhooks} where id = @id";
        DeleteWebhooks = $"delete from {webhooks} where schedule_id = @schedule";
        DisableWebhook = $"""
            update {webhooks} set disabled_at = @at, disabled_reason = @reason, updated_at = @at where id = @id and disabled_at is null returning schedule_id
            """;
        FindForDelivery = $"""
            select {ScheduleRow.Columns}, {WebhookRow.Columns} from {ScheduleRow.From(dialect)}
            left join {webhooks} w on w.id = @webhook where s.id = @schedule
            """;
    }

    public string Now { get; }

    public string AddAccount { get; }

    public string OwnerOf { get; }

    public string Insert { get; }

    public string Lock { get; }

    public string Update { get; }

    public string Find { get; }

    public string Delete { get; }

    public string CountSchedules { get; }

    public string CountEnded { get; }

    public string CountUnfinished { get; }

    public string InsertWebhook { get; }

    public string UpdateWebhook { get; }

    public string ScheduleOfWebhook { get; }

    public string LockWebhook { get; }

    public string FindWebhook { get; }

    public string ListWebhooks { get; }

    public string DeleteWebhook { get; }

    public string DeleteWebhooks { get; }

    public string DisableWebhook { get; }

    public string FindForDelivery { get; }

    public static ScheduleSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new ScheduleSql(key));
}
