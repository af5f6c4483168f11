using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Storage.EfCore.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

/// <summary>Asserts that SQLite takes the partial indexes, which it does only for the very words of their conditions.</summary>
public sealed class SqliteOperationsPlanTests : OperationsTests
{
    private protected override Task<OperationsFixture> CreateAsync() => SqliteOperations.CreateAsync();

    public static TheoryData<string, string> Questions() => new()
    {
        { "dead letters of a kind", "troubles" },
        { "latest failed", "troubles" },
        { "replayable", "chain" },
        { "by dedupe key", "ended_dedupe" },
        { "by concurrency key", "ended_concurrency" },
        { "of a chain", "chain" },
        { "lately ended", "oldest_ended" },
        { "failed lately", "oldest_failed" },
        { "queued", "due" },
        { "held", "dedupe" },
        { "prune", "oldest_ended" },
        { "prune", "oldest_failed" },
        { "health", "suspects" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Question_is_answered_from_its_index(string which, string index)
    {
        var plan = await Fixture.WithSessionAsync(session => session.Command("explain query plan " + Sql(session.Dialect, which))
            .With("root", SqlType.Id, Guid.NewGuid())
            .With("kind", SqlType.Text, "a")
            .With("dedupe", SqlType.Text, "d")
            .With("concurrency", SqlType.Text, "c")
            .With("finished_from", SqlType.Instant, DateTimeOffset.UnixEpoch)
            .With("limit", SqlType.Number, 100)
            .With("max", SqlType.Number, 100)
            .With("surplus", SqlType.Number, 100)
            .With("ended", SqlType.BigNumber, 0L)
            .With("failed", SqlType.BigNumber, 0L)
            .ReadAsync(row => row.Text(3)));

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', plan));
        Assert.Contains(plan, line => line.EndsWith($"x_switchyard_jobs_{index}", StringComparison.Ordinal) || line.Contains($"x_switchyard_jobs_{index} ", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal) && line.Contains("switchyard_jobs", StringComparison.Ordinal) && !line.Contains("x_switchyard", StringComparison.Ordinal));
    }

    private static string Sql(SwitchyardDialect dialect, string which)
    {
        var deadLetters = new JobFilter { Kinds = ["a"], States = [JobState.DeadLetter] };
        return which switch
        {
            "dead letters of a kind" => Select(dialect, deadLetters),
            "latest failed" => Select(dialect, new JobFilter { States = [JobState.Failed] }),
            "replayable" => Select(dialect, deadLetters, new BulkReplay(TimeProvider.System, TimeSpan.Zero).Qualifies(dialect)),
            "by dedupe key" => Select(dialect, new JobFilter { DedupeKey = "d" }),
            "by concurrency key" => Select(dialect, new JobFilter { ConcurrencyKey = "c" }),
            "of a chain" => Select(dialect, new JobFilter { RootId = new JobId(Guid.NewGuid()) }),
            "lately ended" => Select(dialect, new JobFilter { FinishedFrom = DateTimeOffset.UnixEpoch }),
            "failed lately" => Select(dialect, new JobFilter { FinishedFrom = DateTimeOffset.UnixEpoch, States = [JobState.Failed] }),
            "queued" => Select(dialect, new JobFilter { States = [JobState.Queued] }),
            "held" => OperationSql.For(dialect).CountHeld,
            "prune" => PruneSql.Select(dialect, new JobRetention(), surplus: true)!,
            _ => OperationSql.For(dialect).Health,
        };
    }

    private static string Select(SwitchyardDialect dialect, JobFilter filter, string? qualifies = null) => new JobFilterSql(filter, qualifies).Select(dialect, "id", after: false);
}
