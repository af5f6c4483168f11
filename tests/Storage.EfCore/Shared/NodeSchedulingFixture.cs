using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Conformance.Scheduling;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Gives the suites of scheduling a node and its clock.</summary>
internal sealed class NodeSchedulingFixture(TestNode node, ManualTimeProvider clock, Func<TimeSpan, Task> advance, Func<ValueTask> dispose) : ISchedulingStoreFixture
{
    public IAccountMembership Accounts => node.Provider.GetRequiredService<IAccountMembership>();

    public IScheduleStore Schedules => node.Provider.GetRequiredService<IScheduleStore>();

    public IWebhookStore Webhooks => node.Provider.GetRequiredService<IWebhookStore>();

    public IExecutionStore Executions => node.Provider.GetRequiredService<IExecutionStore>();

    public IRecurrenceStore Recurrences => node.Provider.GetRequiredService<IRecurrenceStore>();

    public IJobStore Kernel => node.Jobs;

    public DateTimeOffset Now => clock.GetUtcNow();

    public int PropertyCases => 40;

    public Task AdvanceAsync(TimeSpan by)
    {
        clock.Advance(by);
        return advance(by);
    }

    public Task<IReadOnlyList<(string Subject, int Replayed, long Matched)>> ReadAuditAsync() => node.WithContextAsync(async context =>
    {
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "select subject, replayed, matched from " + SwitchyardDialect.Of(context).Table("scheduling_audit") + " order by id";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<(string, int, long)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add((reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2)));
        }

        return (IReadOnlyList<(string, int, long)>)rows;
    });

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await dispose();
    }
}
