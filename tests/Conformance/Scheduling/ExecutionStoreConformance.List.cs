using FsCheck.Fluent;
using Switchyard.Scheduling;
using Xunit;

namespace Switchyard.Conformance.Scheduling;

public abstract partial class ExecutionStoreConformance
{
    /// <summary>P-PG1, 2, 4, 5: a page is a slice of the one order, filtered, with the total of all.</summary>
    [Fact]
    public void Pages_of_executions_are_slices_of_their_order() => ConformanceProperty.Holds(
        from rows in Gen.Choose(0, 71).ListOf(12)
        from status in Gen.Frequency((1, Gen.Constant<ExecutionStatus?>(null)), (1, Gen.Choose(0, 5).Select(number => (ExecutionStatus?)number)))
        from bounds in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, 15)))
        from page in PageOf.Gen
        select (Rows: rows, Status: status, From: bounds % 4 == 0 ? (int?)null : -(bounds % 4), To: bounds / 4 == 0 ? (int?)null : -(bounds / 4) + 1, Page: page),
        _ => [],
        [.. PageOf.Interesting, "by status", "by span", "no filter", "same instant"],
        async value =>
        {
            var schedule = await CreateScheduleAsync();
            Execution[] all = [.. value.Rows.Select(row => NewExecution(schedule.Id) with
            {
                Status = (ExecutionStatus)(row % 6), CreatedAt = Now.AddSeconds(-(row / 6 % 3)), ScheduledAt = Now.AddSeconds(-(row / 18)),
                StartedAt = row % 6 == 0 ? null : Now, FinishedAt = row % 6 < 2 ? null : Now.AddSeconds(1),
            })];
            await Executions.AddAsync(all, [], Cancellation);
            var query = new ExecutionQuery
            {
                ScheduleId = schedule.Id, Status = value.Status, From = value.From is { } from ? Now.AddSeconds(from) : null,
                To = value.To is { } to ? Now.AddSeconds(to) : null, Skip = value.Page.Skip, Limit = value.Page.Limit,
            };
            Execution[] expected = [.. all
                .Where(row => (query.Status is null || row.Status == query.Status) && !(row.ScheduledAt < query.From) && !(row.ScheduledAt > query.To))
                .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id)];

            var found = await Executions.ListAsync(query, Cancellation);

            AssertSame(value.Page.Of(expected), [.. found.Items]);
            Assert.Equal(expected.Length, found.Total);
            return new HashSet<string>(value.Page.Classes(expected.Length))
            {
                query.Status is null ? "any status" : "by status",
                query.From is null && query.To is null ? "no span" : "by span",
                query.From is null && query.To is null && query.Status is null ? "no filter" : "filter",
                expected.DistinctBy(row => row.CreatedAt).Count() < expected.Length ? "same instant" : "apart",
            };
        },
        Fixture.PropertyCases);

    /// <summary>P-PG3: who pages while firings come may meet one twice, and misses none that was there.</summary>
    [Fact]
    public async Task Pages_miss_nothing_while_executions_come()
    {
        var schedule = await CreateScheduleAsync();
        Execution[] old = [.. Enumerable.Range(0, 9).Select(age => NewExecution(schedule.Id) with { CreatedAt = Now.AddSeconds(-age) })];
        await Executions.AddAsync(old, [], Cancellation);

        var seen = new List<Guid>();
        for (var skip = 0; skip < 18; skip += 3)
        {
            seen.AddRange((await Executions.ListAsync(new ExecutionQuery { ScheduleId = schedule.Id, Skip = skip, Limit = 3 }, Cancellation)).Items.Select(row => row.Id));
            await Executions.AddAsync([NewExecution(schedule.Id) with { CreatedAt = Now.AddSeconds(skip + 1) }], [], Cancellation);
        }

        Assert.Empty(old.Select(row => row.Id).Except(seen));
    }
}
