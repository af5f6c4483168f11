using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Cluster;

/// <content>What goes wrong.</content>
internal sealed partial class World
{
    /// <summary>Notes that a fault was really done.</summary>
    public void NoteFault(Fault fault, string to)
    {
        History.Faults[fault.Kind] = History.Faults.GetValueOrDefault(fault.Kind) + 1;
        Log?.Line("world", $"does {fault} ({to})");
    }

    private void Start(Node node)
    {
        node.WillStart = false;
        node.Process = new Process(this, node, Plan.Settings.KeepsNames ? node.Name : $"{node.Name}.{node.Starts + 1}", runsJobs: true);
        node.Process.Start();
    }

    private void StartLater(Node node, TimeSpan delay)
    {
        node.WillStart = true;
        var at = Agenda.Now + delay;
        var latest = Agenda.Now < Plan.Settings.CalmAt && at > Plan.Settings.CalmAt ? Plan.Settings.CalmAt : at;
        Agenda.AddAt(latest, null, () => Start(node));
    }

    private void Do(Fault fault)
    {
        var node = fault.Node < 0 ? _client.Node : Nodes[fault.Node];
        var calm = Plan.Settings.CalmAt;
        var until = fault.At + fault.Length < calm ? fault.At + fault.Length : calm;
        switch (fault.Kind)
        {
            case FaultKind.Crash when node.Process is { IsDead: false } process:
                NoteFault(fault, process.Life.Name);
                process.Kill();
                StartLater(node, fault.Length);
                break;
            case FaultKind.Restart when node.Process is { IsDead: false, IsPaused: false, IsStopping: false } process:
                NoteFault(fault, process.Life.Name);
                _ = RestartAsync(node, process, fault.Length);
                break;
            case FaultKind.Pause when node.Process is { IsDead: false } process && until > Agenda.Now:
                NoteFault(fault, process.Life.Name);
                process.PauseUntil(until);
                break;
            case FaultKind.ClockJump:
                NoteFault(fault, node.Name);
                node.Skew += fault.Length;
                break;
            case FaultKind.CutOff or FaultKind.Silence or FaultKind.SlowStore or FaultKind.Deafness:
                NoteFault(fault, node.Name);
                Disturb(node, fault.Kind, until);
                break;
            case FaultKind.LostReply or FaultKind.FailedCall or FaultKind.DoubledCall or FaultKind.LateCall:
                node.ForNextCall.Add(fault);
                break;
        }
    }

    private static void Disturb(Node node, FaultKind kind, TimeSpan until)
    {
        switch (kind)
        {
            case FaultKind.CutOff:
                node.CutUntil = Later(node.CutUntil, until);
                break;
            case FaultKind.Silence:
                node.SilentUntil = Later(node.SilentUntil, until);
                break;
            case FaultKind.SlowStore:
                node.SlowUntil = Later(node.SlowUntil, until);
                break;
            default:
                node.DeafUntil = Later(node.DeafUntil, until);
                break;
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task RestartAsync(Node node, Process process, TimeSpan delay)
    {
        await process.StopAsync();
        StartLater(node, delay);
    }
}
