using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Plans;

/// <summary>Draws the jobs of a history, and what clients ask for.</summary>
internal sealed class JobPlanner
{
    private static readonly string[] Kinds = ["load", "send"];
    private readonly Settings _settings;
    private readonly Dice _dice;
    private readonly List<Script> _scripts = [];
    private readonly List<Errand> _errands = [];

    private JobPlanner(Settings settings, Dice dice)
    {
        _settings = settings;
        _dice = dice;
    }

    public static (IReadOnlyList<Script> Scripts, IReadOnlyList<Errand> Errands) Make(Settings settings, Dice dice)
    {
        var planner = new JobPlanner(settings, dice);
        planner.Make();
        return (planner._scripts, [.. planner._errands.OrderBy(errand => errand.At)]);
    }

    private void Make()
    {
        var jobs = 1 + _dice.Below(30);
        while (jobs > 0)
        {
            // One in four comes after the faults, when everything has to work as on any other day.
            var at = _dice.Chance(0.25)
                ? _settings.SettledAt + _dice.Between(TimeSpan.Zero, 4 * _settings.Lease)
                : _dice.Between(TimeSpan.Zero, _settings.CalmAt);
            int[] together = [.. Enumerable.Range(0, Math.Min(jobs, _settings.IsBrisk ? _dice.Pick(6, 10, 15) : _dice.Pick(1, 1, 1, 2, 3, 6))).Select(_ => AddRoot())];
            jobs -= together.Length;
            _errands.Add(new Errand(at, ErrandKind.Enqueue, together));
            foreach (var script in together)
            {
                AddLater(at, ErrandKind.Cancel, script, 0.15);
                AddLater(at, ErrandKind.Replay, script, 0.1);
            }
        }
    }

    private void AddLater(TimeSpan at, ErrandKind kind, int script, double share)
    {
        if (_dice.Chance(share))
        {
            _errands.Add(new Errand(at + _dice.Between(TimeSpan.Zero, 4 * _settings.Lease), kind, [script]));
        }
    }

    private int AddRoot()
    {
        int? followUp = _dice.Chance(0.4) ? AddPlain("after-failure") : null;
        var lasts = _dice.Chance(0.15);
        var script = new Script
        {
            Number = _scripts.Count,
            Kind = _dice.Pick<string>(Kinds),
            Priority = _dice.Pick(0, 0, 0, 1, -1),
            Delay = _dice.Chance(0.3) ? _dice.Between(TimeSpan.Zero, 3 * _settings.Lease) : TimeSpan.Zero,
            MaxAttempts = _dice.Pick(1, 2, 3, 5, 5, 8),
            Timeout = _dice.Chance(0.3) ? _dice.Between(_settings.Lease / 6, 2 * _settings.Lease) : null,
            DedupeKey = _dice.Chance(0.25) ? _dice.Pick("key-a", "key-b") : null,
            DedupeFor = _dice.Chance(0.4) ? _dice.Between(TimeSpan.Zero, 4 * _settings.Lease) : null,
            ConcurrencyKey = _dice.Chance(0.25) ? _dice.Pick("account:1", "account:2") : null,
            FollowUp = followUp,
            Acts = [],
        };
        _scripts.Add(script);
        _scripts[script.Number] = script with { Acts = [.. Enumerable.Range(0, 1 + _dice.Below(4)).Select(_ => MakeAct()), MakeLastAct(lasts)] };
        return script.Number;
    }

    /// <summary>Adds a job that just works, such as one that another one enqueues.</summary>
    private int AddPlain(string kind)
    {
        _scripts.Add(new Script { Number = _scripts.Count, Kind = kind, Acts = [new Act(Ending.Succeed, Work(), TimeSpan.Zero, [])] });
        return _scripts.Count - 1;
    }

    private Act MakeAct()
    {
        var ending = _dice.Pick(
            Ending.Succeed, Ending.Succeed, Ending.Succeed, Ending.Succeed, Ending.Fail, Ending.Retry, Ending.Retry, Ending.RetryAfter,
            Ending.Throw, Ending.ThrowAtOnce, Ending.Hang, Ending.IgnoreToken, Ending.UnknownEffect);
        return new Act(ending, Work(), _dice.Between(TimeSpan.Zero, 2 * _settings.Lease), MakeContinuations());
    }

    private Act MakeLastAct(bool failing) =>
        new(failing ? _dice.Pick(Ending.Retry, Ending.Throw, Ending.Fail) : Ending.Succeed, Work(), TimeSpan.Zero, MakeContinuations());

    private int[] MakeContinuations() => _dice.Chance(0.25) ? [.. Enumerable.Range(0, 1 + _dice.Below(2)).Select(_ => AddPlain("child"))] : [];

    private TimeSpan Work() => _settings.IsBrisk && _dice.Chance(0.85) ? TimeSpan.FromMilliseconds(_dice.Below(8)) : _dice.Below(4) switch
    {
        0 => TimeSpan.Zero,
        1 => _dice.Between(TimeSpan.Zero, _settings.Lease / 10),
        2 => _dice.Between(TimeSpan.Zero, _settings.Lease),
        _ => _dice.Between(TimeSpan.Zero, 3 * _settings.Lease),
    };
}
