using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Jobs.Kinds;

/// <summary>Holds the statements about kinds, one SQL for every dialect.</summary>
internal sealed class JobKindSql
{
    private static readonly ConditionalWeakTable<SwitchyardDialect, JobKindSql> Cache = [];

    private JobKindSql(SwitchyardDialect dialect)
    {
        var kinds = dialect.Table("job_kinds");

        // The bucket of a rate that stays the same goes on as it is: nodes set their limits whenever they start.
        const string SameRate = "k.rate_starts = excluded.rate_starts and k.rate_per_microseconds = excluded.rate_per_microseconds";
        SetLimits = $"""
            insert into {kinds} as k (kind, limited, max_running, max_running_per_key, rate_starts, rate_per_microseconds, rate_tokens)
            values (@kind, @limited, @running, @per_key, @starts, @per, @tokens)
            on conflict (kind) do update set limited = excluded.limited, max_running = excluded.max_running,
              max_running_per_key = excluded.max_running_per_key, rate_starts = excluded.rate_starts, rate_per_microseconds = excluded.rate_per_microseconds,
              rate_at = case when {SameRate} then k.rate_at end,
              rate_tokens = case when {SameRate} then k.rate_tokens else excluded.rate_tokens end
            """;
        Pause = $"""
            insert into {kinds} as k (kind, limited, rate_tokens, paused_at, paused_by, pause_reason) values (@kind, false, 0, {dialect.Now}, @actor, @reason)
            on conflict (kind) do update set paused_at = excluded.paused_at, paused_by = excluded.paused_by, pause_reason = excluded.pause_reason
              where k.paused_at is null
            returning kind
            """;
        Resume = $"update {kinds} set paused_at = null, paused_by = null, pause_reason = null where kind = @kind and paused_at is not null returning kind";
        List = $"""
            select kind, max_running, max_running_per_key, rate_starts, rate_per_microseconds, paused_at, paused_by, pause_reason
            from {kinds} where limited or paused_at is not null
            """;
    }

    public string SetLimits { get; }

    public string Pause { get; }

    public string Resume { get; }

    public string List { get; }

    public static JobKindSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new JobKindSql(key));
}
