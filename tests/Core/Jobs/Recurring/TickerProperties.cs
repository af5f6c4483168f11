using FsCheck;
using FsCheck.Fluent;
using Switchyard.Jobs.Recurring.Ticking;
using Switchyard.TestKit;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Jobs.Recurring;

/// <summary>P-SC2 and P-SC3: histories of nodes, clocks and changes on one store, against a model that counts seconds.</summary>
public sealed class TickerProperties
{
    private static readonly int[] Periods = [1, 2, 5, 10, 30];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Nodes_with_skewed_clocks_record_each_instant_once() =>
        Property.Holds(
            (from kind in Gen.Choose(0, 5)
             from amount in Gen.Choose(-120, 90)
             select new Step((char)('0' + kind), amount)).ArrayOf(40),
            steps => steps.Count(step => step is { Kind: '5', Argument: < 0 }) > 3 ? "clocks of nodes went back often" : "clocks went forth",
            ["clocks of nodes went back often", "clocks went forth"],
            async steps =>
            {
                await using var host = new TickerHost(options: options => options.BatchSize = 2);
                var jobs = await Task.WhenAll(Periods.Select(period => host.Jobs.AddOrUpdateAsync(Define(period), Cancellation)));
                ManualTimeProvider[] clocks = [new(PlannerSubject.Start.AddSeconds(-90)), new(), new(PlannerSubject.Start.AddSeconds(90))];
                RecurrenceTicker[] tickers = [.. clocks.Select(host.NewTicker)];
                foreach (var (kind, amount) in steps)
                {
                    switch (kind)
                    {
                        case < '3':
                            await tickers[kind - '0'].TickAsync(Cancellation);
                            break;
                        case '3':
                            host.StoreClock.Advance(TimeSpan.FromSeconds(Math.Abs(amount) % 40));
                            break;
                        case '4':
                            await Task.WhenAll(tickers.Select(ticker => Task.Run(() => host.TickAsync(ticker), Cancellation)));
                            break;
                        default:
                            clocks[Math.Abs(amount) % 3].Advance(TimeSpan.FromMinutes(amount));
                            break;
                    }
                }

                await host.TickAsync();
                foreach (var (job, period) in jobs.Zip(Periods))
                {
                    AssertLedger(await host.LedgerOfAsync(job.Id), Instants(PlannerSubject.Start, host.StoreClock.GetUtcNow(), period));
                }
            },
            cases: 150);

    [Fact]
    public void Any_history_of_changes_and_ticks_leaves_the_ledger_as_the_model_says() =>
        Property.Holds(
            (from kind in Gen.Frequency((40, Gen.Constant('t')), (40, Gen.Constant('a')), (15, Gen.Constant('u')), (10, Gen.Constant('d')), (15, Gen.Constant('e')), (1, Gen.Constant('r')))
             from argument in Gen.Choose(0, 59)
             select new Step(kind, argument)).ArrayOf(60),
            steps => string.Concat(steps.Select(step => step.Kind)) is var kinds && kinds.Contains('r') ? "with a removal" : kinds.Contains('d') ? "with a pause" : "with changes only",
            ["with a removal", "with a pause"],
            async steps =>
            {
                await using var host = new TickerHost();
                var model = new Model();
                foreach (var step in steps)
                {
                    await RunAsync(host, model, step);
                }

                await host.TickAsync();
                model.Settle(host.StoreClock.GetUtcNow());
                Assert.Equal(model.Period is null ? null : model.IsEnabled, (await host.Jobs.FindAsync("report", Cancellation))?.Enabled);
                AssertLedger(await host.LedgerOfAsync((await host.Jobs.FindAsync("report", Cancellation))?.Id ?? Guid.Empty), model.Ledger);
            },
            cases: 200);

    private static async Task RunAsync(TickerHost host, Model model, Step step)
    {
        var now = host.StoreClock.GetUtcNow();
        switch (step.Kind)
        {
            case 't':
                await host.TickAsync();
                break;
            case 'a':
                host.StoreClock.Advance(TimeSpan.FromMilliseconds(step.Argument * 370));
                break;
            case 'u':
                var period = Periods[step.Argument % Periods.Length];
                await host.Jobs.AddOrUpdateAsync(Define(period) with { Name = "report" }, Cancellation);
                model.Settle(now);
                (model.Period, model.IsEnabled) = (period, model.Period is null || model.IsEnabled);
                break;
            case 'r':
                Assert.Equal(model.Period is not null, await host.Jobs.RemoveAsync("report", Cancellation));
                model.Remove(now);
                break;
            default:
                Assert.Equal(model.Period is not null, await host.Jobs.SetEnabledAsync("report", step.Kind == 'e', Cancellation));
                model.Settle(now);
                model.IsEnabled = step.Kind == 'e';
                break;
        }
    }

    private static RecurringJobDefinition Define(int period) =>
        TickerHost.NewJob($"every-{period}", period == 1 ? "* * * * * *" : $"*/{period} * * * * *", MisfirePolicy.FireAll);

    private static List<DateTimeOffset> Instants(DateTimeOffset after, DateTimeOffset until, int period)
    {
        var found = new List<DateTimeOffset>();
        for (var second = after.ToUnixTimeSeconds() + 1; second <= until.ToUnixTimeSeconds(); second++)
        {
            if (second % period == 0)
            {
                found.Add(DateTimeOffset.FromUnixTimeSeconds(second));
            }
        }

        return found;
    }

    /// <summary>Each instant stands in one row: fired by itself, or in a run that was left out.</summary>
    private static void AssertLedger(IReadOnlyList<Occurrence> ledger, List<DateTimeOffset> expected)
    {
        Assert.Equal(expected.Count, ledger.Sum(row => row.Count));
        var next = 0;
        foreach (var row in ledger)
        {
            Assert.Equal((expected[next], expected[next + (int)row.Count - 1]), (row.FirstAt, row.LastAt));
            next += (int)row.Count;
        }
    }

    internal sealed record Step(char Kind, int Argument);

    /// <summary>Knows one job: since when which period holds, and what came due under it.</summary>
    private sealed class Model
    {
        private DateTimeOffset _settledAt = PlannerSubject.Start;

        public int? Period { get; set; }

        public bool IsEnabled { get; set; }

        public List<DateTimeOffset> Ledger { get; } = [];

        public void Settle(DateTimeOffset now)
        {
            Ledger.AddRange(Period is { } period && IsEnabled ? Instants(_settledAt, now, period) : []);
            _settledAt = now;
        }

        public void Remove(DateTimeOffset now)
        {
            Ledger.Clear();
            (Period, IsEnabled, _settledAt) = (null, false, now);
        }
    }
}
