using System.Globalization;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Writes the statement that selects jobs by a filter, newest first.</summary>
/// <remarks>
/// A filter falls into branches that exclude each other, each with the very condition of a partial index, in order and with
/// the limit: whatever lies in the table, a branch reads about as many rows as it gives.
/// </remarks>
internal sealed class JobFilterSql(JobFilter filter, string? qualifies = null)
{
    public const string Troubles = "state in (3, 4, 5)";
    public const string Chained = "root_id <> id";
    private const string Finished = "finished_at is not null";

    /// <summary>Gets whether no job can meet the filter.</summary>
    public bool IsEmpty => filter.States is { Count: 0 } || filter.Kinds is { Count: 0 };

    /// <summary>Writes the select; <see cref="Bind"/> binds what it names.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="columns">The columns, with the id among them.</param>
    /// <param name="after">Whether only jobs that are older than <c>@before</c> count.</param>
    public string Select(SwitchyardDialect dialect, string columns, bool after)
    {
        var conditions = string.Concat(Conditions(dialect, after).Select(condition => " and " + condition));
        var branches = Branches(dialect).Select(branch => Select(dialect, columns, branch.Condition + conditions, branch.IsSmall)).ToArray();
        return branches.Length == 1
            ? branches[0]
            : $"select * from (\n{string.Join("\nunion all\n", branches.Select(branch => $"select * from ({branch}) b"))}\n) q order by id desc limit @limit";
    }

    public SqlCommand Bind(SqlCommand command, JobId? before, int limit)
    {
        command.With("limit", SqlType.Number, limit);
        BindSet(command, "before", SqlType.Id, before?.Value);
        BindSet(command, "dedupe", SqlType.Text, StoredText.Clean(filter.DedupeKey));
        BindSet(command, "concurrency", SqlType.Text, StoredText.Clean(filter.ConcurrencyKey));
        BindSet(command, "root", SqlType.Id, filter.RootId?.Value);
        BindSet(command, "error_type", SqlType.Text, StoredText.Clean(filter.ErrorType));
        BindSet(command, "created_from", SqlType.Instant, filter.CreatedFrom);
        BindSet(command, "created_before", SqlType.Instant, filter.CreatedBefore);
        BindSet(command, "finished_from", SqlType.Instant, filter.FinishedFrom);
        BindSet(command, "finished_before", SqlType.Instant, filter.FinishedBefore);
        return filter.Kinds switch
        {
            null => command,
            [var kind] => command.With("kind", SqlType.Text, StoredText.Clean(kind)),
            var kinds => command.With("kinds", [.. kinds.Select(kind => StoredText.Clean(kind))]),
        };
    }

    private static void BindSet(SqlCommand command, string name, SqlType type, object? value)
    {
        if (value is not null)
        {
            command.With(name, type, value);
        }
    }

    private IEnumerable<string> Conditions(SwitchyardDialect dialect, bool after)
    {
        (bool Set, string Condition)[] all =
        [
            (after, "id < @before"),
            (filter.Kinds is { Count: 1 }, "kind = @kind"),
            (filter.Kinds is { Count: > 1 }, dialect.AnyOf("kind", "kinds")),
            (filter.DedupeKey is not null, "dedupe_key = @dedupe"),
            (filter.ConcurrencyKey is not null, "concurrency_key = @concurrency"),
            (filter.ErrorType is not null, "error_type = @error_type"),
            (filter.CreatedFrom is not null, "created_at >= @created_from"),
            (filter.CreatedBefore is not null, "created_at < @created_before"),
            (filter.FinishedFrom is not null, "finished_at >= @finished_from"),
            (filter.FinishedBefore is not null, "finished_at < @finished_before"),
            (qualifies is not null, qualifies ?? ""),
        ];
        return all.Where(condition => condition.Set).Select(condition => condition.Condition);
    }

    /// <remarks>A planner without statistics would walk through all jobs by id, to save itself the sorting of a few.</remarks>
    private static string Select(SwitchyardDialect dialect, string columns, string condition, bool isSmall) =>
        isSmall && dialect.PlansByWords
            ? $"select {columns} from (select * from {dialect.Table("jobs")} j where {condition} limit -1) order by id desc limit @limit"
            : $"select {columns} from {dialect.Table("jobs")} j where {condition} order by id desc limit @limit";

    private IEnumerable<(string Condition, bool IsSmall)> Branches(SwitchyardDialect dialect)
    {
        if (filter.RootId is not null)
        {
            var states = filter.States is null ? "" : $" and {AnyOf(filter.States)}";
            return [($"id = @root and root_id = @root{states}", false), ($"root_id = @root and {Chained}{states}", false)];
        }

        if (filter.States is not null)
        {
            return filter.States.Distinct().Select(state => (AnyOf([state]) + Index(dialect, state), !IsEnd(state) || HasEnd));
        }

        return HasKey ? [(AnyOf([JobState.Queued]), true), (AnyOf([JobState.Running]), true), (Finished, false)]
            : HasEnd ? [(PruneSql.Ended, true), (PruneSql.Failed, true)]
            : [("true", false)];
    }

    private bool HasKey => filter.DedupeKey is not null || filter.ConcurrencyKey is not null;

    private bool HasEnd => filter.FinishedFrom is not null || filter.FinishedBefore is not null;

    /// <summary>Repeats the condition of the index that has the jobs of a state.</summary>
    private string Index(SwitchyardDialect dialect, JobState state) => state switch
    {
        _ when IsEnd(state) && HasKey => $" and {Finished}",
        _ when !dialect.PlansByWords => "",
        JobState.Succeeded or JobState.Cancelled when HasEnd => $" and {PruneSql.Ended}",
        JobState.Failed or JobState.DeadLetter when HasEnd => $" and {PruneSql.Failed}",
        JobState.Failed or JobState.DeadLetter or JobState.Cancelled => $" and {Troubles}",
        _ => "",
    };

    private static bool IsEnd(JobState state) => state is not (JobState.Queued or JobState.Running);

    private static string AnyOf(IReadOnlyCollection<JobState> states)
    {
        var numbers = states.Distinct().Select(state => ((int)state).ToString(CultureInfo.InvariantCulture)).ToArray();
        return numbers.Length == 1 ? $"state = {numbers[0]}" : $"state in ({string.Join(", ", numbers)})";
    }
}
