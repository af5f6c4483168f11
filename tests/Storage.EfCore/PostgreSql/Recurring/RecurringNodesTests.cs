using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Recurring;

/// <summary>Nodes that fire what is due on one database, with the kernel's own planner and all at once.</summary>
public sealed class RecurringNodesTests
{
    private const int Seconds = 40;
    private static readonly int[] Periods = [1, 2, 5, 10, 20];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_tick_at_once_record_and_enqueue_each_instant_once()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await database.StopClockAsync();
        TestNode[] nodes = [first, database.NewNode(), database.NewNode(), database.NewNode()];
        await using var kernel = Kernel();
        var planner = kernel.GetRequiredService<IOccurrencePlanner>();
        var start = (await StoreOf(first).GetBacklogAsync(Cancellation)).Now;
        var all = new List<(Guid Id, int Period)>();
        foreach (var period in Periods)
        {
            for (var i = 0; i < 12; i++)
            {
                all.Add((await AddAsync(StoreOf(first), planner, period), period));
            }
        }

        var isOver = false;
        var ticking = nodes.Select(node => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver) || (await StoreOf(node).GetBacklogAsync(Cancellation)).Due > 0)
            {
                await StoreOf(node).FireAsync(5, (due, now) => [.. due.Select(one => planner.Plan(one, now))], Cancellation);
            }
        })).ToArray();
        for (var second = 0; second < Seconds; second++)
        {
            await database.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(ticking);

        var end = (await StoreOf(first).GetBacklogAsync(Cancellation)).Now;
        foreach (var (id, period) in all)
        {
            var ledger = await StoreOf(first).ListOccurrencesAsync(id, start, end, 1000, Cancellation);
            Assert.Equal(Instants(start, end, period), ledger.Select(row => row.FirstAt));
            Assert.All(ledger, row => Assert.Equal((OccurrenceOutcome.Fired, 1L), (row.Outcome, row.Count)));
        }

        var fired = await database.QueryAsync<long>("select count(*) from switchyard.occurrences");
        Assert.Equal(fired, await database.QueryAsync<long>("select count(*) from switchyard.jobs"));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Firing_wakes_the_workers_of_other_nodes()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await using var ofFirst = first;
        await using var second = database.NewNode();
        await using var kernel = Kernel();
        await second.Listener.StartAsync(Cancellation);
        await TestKit.Eventually.HoldsAsync(() => second.Signal.Count > 0, "the listener listens");
        var (count, planner) = (second.Signal.Count, kernel.GetRequiredService<IOccurrencePlanner>());
        var id = Guid.NewGuid();
        await StoreOf(first).ChangeAsync(id, (_, now) => new RecurrenceChange(NewRecurrence(id, 1) with { NextAt = now }), Cancellation);

        Assert.Equal(1, (await StoreOf(first).FireAsync(10, (due, now) => [.. due.Select(one => planner.Plan(one, now))], Cancellation)).Fired);

        await TestKit.Eventually.HoldsAsync(() => second.Signal.Count > count, "the notification has come");
        await second.Listener.StopAsync(Cancellation);
    }

    private static IRecurrenceStore StoreOf(TestNode node) => node.Provider.GetRequiredService<IRecurrenceStore>();

    private static ServiceProvider Kernel()
    {
        var services = new ServiceCollection();
        services.AddJobs();
        services.AddSingleton<IOccurrenceEffects, OneJob>();
        return services.BuildServiceProvider();
    }

    private static Recurrence NewRecurrence(Guid id, int period) => new()
    {
        Id = id, Kind = "nodes", Expression = period == 1 ? "* * * * * *" : $"*/{period} * * * * *", MisfirePolicy = MisfirePolicy.FireAll,
    };

    private static async Task<Guid> AddAsync(IRecurrenceStore store, IOccurrencePlanner planner, int period)
    {
        var recurrence = NewRecurrence(Guid.NewGuid(), period);
        await store.ChangeAsync(recurrence.Id, (_, now) => new RecurrenceChange(recurrence with { NextAt = planner.Next(recurrence, now) }), Cancellation);
        return recurrence.Id;
    }

    private static IEnumerable<DateTimeOffset> Instants(DateTimeOffset after, DateTimeOffset until, int period)
    {
        for (var second = after.ToUnixTimeSeconds() + 1; second <= until.ToUnixTimeSeconds(); second++)
        {
            if (second % period == 0)
            {
                yield return DateTimeOffset.FromUnixTimeSeconds(second);
            }
        }
    }

    private sealed class OneJob : IOccurrenceEffects
    {
        public string Kind => "nodes";

        public IReadOnlyList<JobEffect> Of(DueRecurrence due, DateTimeOffset scheduledAt, DateTimeOffset now) =>
            [new JobRequest { Id = new JobId(OccurrenceId.Of(due.Recurrence.Id, scheduledAt, Guid.Empty)), Kind = "work", Payload = "{}" }];
    }
}
