using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Writes the statement that selects the oldest ends that a retention no longer covers.</summary>
internal static class PruneSql
{
    public const string Ended = "state in (2, 5)";
    public const string Failed = "state in (3, 4)";

    /// <summary>Writes the select.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="retention">Which bounds there are; ages are bound as <c>@ended</c> and <c>@failed</c>, in negative microseconds.</param>
    /// <param name="surplus">Whether <c>@surplus</c> jobs are too many, whatever their age.</param>
    /// <returns>The statement, or <see langword="null"/> where nothing is to go.</returns>
    public static string? Select(SwitchyardDialect dialect, JobRetention retention, bool surplus)
    {
        var parts = new List<string>(3);
        if (retention.Ended is not null)
        {
            parts.Add($"select * from ({Oldest(dialect, Ended, "@max", "@ended")}) e");
        }

        if (retention.Failed is not null)
        {
            parts.Add($"select * from ({Oldest(dialect, Failed, "@max", "@failed")}) f");
        }

        if (surplus)
        {
            parts.Add($"""
                select * from (select * from (
                  select * from ({Oldest(dialect, Ended, "@surplus")}) e union all select * from ({Oldest(dialect, Failed, "@surplus")}) f
                ) a order by p_at limit @surplus) s
                """);
        }

        return parts.Count == 0 ? null : $"select p_id from (\n{string.Join("\nunion\n", parts)}\n) o order by p_at limit @max";
    }

    private static string Oldest(SwitchyardDialect dialect, string which, string limit, string? age = null)
    {
        var old = age is null ? "" : $" and finished_at <= {dialect.Plus(dialect.Now, age)}";
        return $"select id as p_id, finished_at as p_at from {dialect.Table("jobs")} where {which}{old} "
            + $"and (key_held_until is null or key_held_until <= {dialect.Now}) order by finished_at limit {limit}";
    }
}
