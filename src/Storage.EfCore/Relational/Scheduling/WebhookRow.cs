using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Reads webhooks out of the results of statements, and binds them.</summary>
internal static class WebhookRow
{
    public const string Names =
        "id, schedule_id, url, method, sealed_headers, query_params, body_template, timeout_microseconds, sealed_secret, sealed_old_secret, "
        + "old_secret_until, disabled_at, disabled_reason, created_at, updated_at";

    /// <summary>How many columns a webhook has.</summary>
    public const int ColumnCount = 15;

    /// <summary>Gets the columns, of <c>w</c>.</summary>
    public static string Columns { get; } = Sql.Prefixed("w", Names);

    /// <summary>Reads a webhook; <see langword="null"/> where an outer join found none.</summary>
    public static Webhook? Read(SqlReader row, int first) => row.IdOrNull(first) is not { } id ? null : new()
    {
        Id = id,
        ScheduleId = row.Id(first + 1),
        Url = row.Text(first + 2),
        Method = row.Text(first + 3),
        SealedHeaders = row.TextOrNull(first + 4),
        QueryParams = row.TextOrNull(first + 5),
        BodyTemplate = row.TextOrNull(first + 6),
        Timeout = TimeSpan.FromTicks(row.Long(first + 7) * TimeSpan.TicksPerMicrosecond),
        SealedSecret = row.Text(first + 8),
        SealedOldSecret = row.TextOrNull(first + 9),
        OldSecretUntil = row.InstantOrNull(first + 10),
        DisabledAt = row.InstantOrNull(first + 11),
        DisabledReason = row.TextOrNull(first + 12),
        CreatedAt = row.Instant(first + 13),
        UpdatedAt = row.Instant(first + 14),
    };

    public static SqlCommand With(this SqlCommand command, Webhook webhook) => command
        .With("id", SqlType.Id, webhook.Id).With("schedule", SqlType.Id, webhook.ScheduleId)
        .With("url", SqlType.Text, StoredText.Clean(webhook.Url)).With("method", SqlType.Text, StoredText.Clean(webhook.Method))
        .With("headers", SqlType.Text, StoredText.Clean(webhook.SealedHeaders)).With("query", SqlType.Text, StoredText.Clean(webhook.QueryParams))
        .With("template", SqlType.Text, StoredText.Clean(webhook.BodyTemplate))
        .With("timeout", SqlType.BigNumber, webhook.Timeout.Ticks / TimeSpan.TicksPerMicrosecond)
        .With("secret", SqlType.Text, StoredText.Clean(webhook.SealedSecret)).With("old_secret", SqlType.Text, StoredText.Clean(webhook.SealedOldSecret))
        .With("until", SqlType.Instant, webhook.OldSecretUntil).With("disabled", SqlType.Instant, webhook.DisabledAt)
        .With("reason", SqlType.Text, StoredText.Clean(webhook.DisabledReason))
        .With("created", SqlType.Instant, webhook.CreatedAt).With("updated", SqlType.Instant, webhook.UpdatedAt);
}
