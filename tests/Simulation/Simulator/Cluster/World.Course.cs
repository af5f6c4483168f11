using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs.Operations;
using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;
using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Cluster;

/// <content>The course of a history: faults, calm, everything done, everything stopped.</content>
internal sealed partial class World
{
    private bool _isOver;
    private int _stopping;

    /// <summary>Runs the history.</summary>
    public History Run()
    {
        try
        {
            Driver.Run(Step);
        }
        catch (BusyLoopException busy)
        {
            History.Observed.Add(new Violation("time passes", Agenda.Now, null, busy.Message));
        }

        History.EndedAt = Agenda.Now;
        foreach (var change in _audit.Look(atAll: true))
        {
            History.Observed.Add(new Violation("an end never changes", Agenda.Now, change.Job, $"j{change.Job} changed after the last call that was seen to change it: {change.After}"));
        }

        for (var job = 0; job < Ids.RealIds.Count; job++)
        {
            if (_audit.RowOf(job) is { } row)
            {
                History.Final[job] = row;
            }
        }

        return History;
    }

    private bool Step()
    {
        if (Agenda.Now == TimeSpan.Zero && History.Lives.Count == 1)
        {
            Begin();
            return true;
        }

        return Agenda.Step() && !_isOver;
    }

    private void Begin()
    {
        SetLimits();
        _client.Start();
        foreach (var node in Nodes)
        {
            Start(node);
        }

        foreach (var errand in Plan.Errands)
        {
            Agenda.AddAt(errand.At, _client, () => Run(errand));
        }

        foreach (var fault in Plan.Faults)
        {
            Agenda.AddAt(fault.At, null, () => Do(fault));
        }

        foreach (var restart in Plan.Restarts)
        {
            Agenda.AddAt(restart.At, null, () => Do(restart));
        }

        Agenda.AddAt(Plan.Settings.CalmAt, null, Calm);
        Agenda.AddAt(Plan.LastErrandAt, null, LookWhetherDone);
    }

    private void SetLimits()
    {
        if (Stores.GetService<IJobKindStore>() is { } kinds)
        {
            var settings = Plan.Settings;
            kinds.SetLimitsAsync(Settings.LimitedKind, new JobKindLimits { MaxRunning = settings.MaxRunning, MaxRunningPerKey = settings.MaxRunningPerKey }, CancellationToken.None).GetAwaiter().GetResult();
            History.HasLimits = true;
            if (settings.Pause is { } pause)
            {
                Agenda.AddAt(pause.From, null, () => kinds.PauseAsync(Settings.PausedKind, "simulator", "to see", CancellationToken.None).GetAwaiter().GetResult());
                Agenda.AddAt(pause.To, null, () => kinds.ResumeAsync(Settings.PausedKind, "simulator", "to see", CancellationToken.None).GetAwaiter().GetResult());
                History.KindPauses.Add(pause);
            }
        }
    }

    private void Calm()
    {
        Log?.Line("world", "is calm from now on");
        foreach (var node in Nodes)
        {
            node.ForNextCall.Clear();
            if (node.Process is { IsDead: true } && !node.WillStart)
            {
                Start(node);
            }
        }

        _client.Node.ForNextCall.Clear();
    }

    private void LookWhetherDone()
    {
        if (IsDone)
        {
            Log?.Line("world", "is done");
            StopAll();
        }
        else if (Agenda.Now > Plan.Settings.Deadline)
        {
            NoteWhatIsLeft();
            _isOver = true;
        }
        else
        {
            Agenda.Add(Plan.Settings.Lease / 2, null, LookWhetherDone);
        }
    }

    private bool IsDone =>
        _errandsLeft == 0
        && Agenda.Now > Plan.LastErrandAt
        && Nodes.All(node => node is { WillStart: false, Process: { IsDead: false, IsStopping: false } })
        && History.Runs.TrueForAll(run => run.EndedAt is not null || run.Process.EndedAt is not null)
        && NothingWaits();

    private bool NothingWaits()
    {
        _storeClock.IsStill = true;
        var wait = Store.GetTimeToNextAsync(Wiring.Kinds, CancellationToken.None).GetAwaiter().GetResult();
        _storeClock.IsStill = false;
        return wait is null;
    }

    private void NoteWhatIsLeft()
    {
        var left = Enumerable.Range(0, Ids.RealIds.Count).Where(job => _audit.RowOf(job) is { IsFinished: false }).ToArray();
        History.Observed.Add(new Violation(
            "every job ends",
            Agenda.Now,
            left.Length > 0 ? left[0] : null,
            left.Length > 0
                ? $"{string.Join(", ", left.Select(job => $"j{job} ({_audit.RowOf(job)!.State})"))} did not end though nothing was wrong since {Plan.Settings.SettledAt:c}"
                : $"{_errandsLeft} errands, a run or a restart did not come to an end"));
    }

    private void StopAll()
    {
        _stopping = Nodes.Count;
        foreach (var node in Nodes)
        {
            _ = StopLastAsync(node.Process!);
        }
    }

    private async Task StopLastAsync(Process process)
    {
        await process.StopAsync();
        _isOver = --_stopping == 0;
    }
}
