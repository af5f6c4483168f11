using System.Globalization;
using Switchyard.FaultRig.Databases;
using Switchyard.FaultRig.Faults;
using Switchyard.FaultRig.History;
using Switchyard.FaultRig.Processes;

namespace Switchyard.FaultRig;

/// <summary>One run on one database: start it all, attack, let it come to rest, stop in order, and read what is left.</summary>
internal sealed class RigRun(RigSettings wanted, RigDatabase database, RigPlan plan)
{
    private RigSettings? _paced;
    private readonly Random _random = new(wanted.Seed);
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(wanted.Folder, $"{database.Name.Replace(' ', '-')}-{Environment.ProcessId}-{wanted.Seed}")).FullName;
    private readonly Dictionary<string, int> _faults = [];
    private readonly FailPointQueue _workerPoints = new(new Random(wanted.Seed + 100), hits: 6);
    private readonly FailPointQueue _submitterPoints = new(new Random(wanted.Seed + 200), hits: 30);
    private volatile bool _resting;

    private RigSettings Settings => _paced ?? wanted;

    public async Task<RunHistory> RunAsync()
    {
        var started = RigClock.Now;
        await WorkerProcess.RunAsync("migrate", _folder, EnvironmentOf(0));
        _paced = wanted.PacedBy(TimeSpan.FromMicroseconds(RigClock.Now - started));
        await database.PrepareAsync();
        var points = (await WorkerProcess.RunAsync("points", _folder, EnvironmentOf(0))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Array.ForEach(points, point => (IsOfSubmitter(point) ? _submitterPoints : _workerPoints).Add(point));

        Node[] workers = [.. Enumerable.Range(0, plan.Workers).Select(number => NodeOf($"node{number}", "work", number))];
        var submitter = NodeOf("submit", "submit", plan.Workers);
        var running = workers.Append(submitter).Select(node => node.RunAsync()).ToArray();
        var field = new Battlefield(Settings, database, workers, submitter, _random);
        var rested = false;
        try
        {
            // A node that can't be kept alive ends the run at once.
            var attack = AttackAsync(field);
            await await Task.WhenAny([attack, .. running]);
            await attack;
            rested = await RestAsync(field);
        }
        finally
        {
            Array.ForEach([.. workers, submitter], node => node.End());
            await Task.WhenAll(running);
        }

        return await ReadAsync(field, points, rested, started);
    }

    private static bool IsOfSubmitter(string point) => point.Split('.')[0] is "enqueue" or "order";

    private async Task AttackAsync(Battlefield field)
    {
        var began = RigClock.Now;
        var kinds = plan.Faults.Distinct().Count();
        do
        {
            foreach (var (number, fault) in plan.Round(_random).Index())
            {
                if (number >= kinds && RigClock.Now - began > RigClock.Micros(Settings.Length ?? Settings.LongestSample))
                {
                    break;
                }

                await Task.Delay(field.Breath());
                _faults[fault.Name] = _faults.GetValueOrDefault(fault.Name) + await fault.InflictAsync(field);
            }

            await field.SettleAsync();
        }
        while (RigClock.Now - began < RigClock.Micros(Settings.Length ?? TimeSpan.Zero));
    }

    /// <summary>Ends the submitting and the failpoints, and waits until every job has ended.</summary>
    private async Task<bool> RestAsync(Battlefield field)
    {
        _resting = true;
        field.Submitter.End();
        var deadline = RigClock.Now + RigClock.Micros(Settings.Quiet);
        while (RigClock.Now < deadline)
        {
            // The poison may still be on its way when the count is zero for the first time.
            if (field.Submitter.Current is null && await database.CountAsync("state in (0, 1)") == 0)
            {
                return true;
            }

            await Task.Delay(250);
        }

        return false;
    }

    private Node NodeOf(string name, string role, int number) =>
        new(name, role, _folder, EnvironmentOf(number), last => NextLife(number, last), new Random(wanted.Seed + number), Settings.Lease);

    /// <summary>Each life of the first worker, and of the submitter, has a failpoint; in the long form, every other life of the other workers too.</summary>
    private LifeSpec NextLife(int number, Life? last)
    {
        var points = number == plan.Workers ? _submitterPoints : _workerPoints;
        var faults = number == 0 || number == plan.Workers || (Settings.IsFull && last?.Events.All(line => line.What != "fired") == true);
        if (!faults || _resting)
        {
            return LifeSpec.Plain;
        }

        if (last is not null)
        {
            points.Learn(last);
        }

        return points.Take();
    }

    private Dictionary<string, string> EnvironmentOf(int number) => new()
    {
        ["RIG_DATABASE"] = database.AddressFor(number),
        ["RIG_LEASE_MS"] = Settings.Lease.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        ["RIG_POLL_MS"] = Settings.Poll.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        ["RIG_RATE"] = plan.Rate.ToString(CultureInfo.InvariantCulture),
        ["RIG_CONCURRENCY"] = plan.Concurrency.ToString(CultureInfo.InvariantCulture),

        // Behind, right, ahead: the clocks of the nodes differ by three minutes.
        ["RIG_SKEW_MS"] = ((number % 3 - 1) * 90_000).ToString(CultureInfo.InvariantCulture),
    };

    private async Task<RunHistory> ReadAsync(Battlefield field, string[] points, bool rested, long started) => new()
    {
        Settings = Settings,
        Database = database.Name,
        Lives = [.. field.Workers.Append(field.Submitter).SelectMany(node => node.Lives)],
        Jobs = await database.ReadJobsAsync(),
        Audit = await database.ReadAuditAsync(),
        Effects = await database.ReadEffectsAsync(),
        Orders = await database.ReadOrdersAsync(),
        Outages = field.Outages,
        Points = points,
        Faults = _faults,
        CameToRest = rested,
        Took = TimeSpan.FromMicroseconds(RigClock.Now - started),
    };
}
