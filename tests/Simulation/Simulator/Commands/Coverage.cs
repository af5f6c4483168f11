using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Commands;

/// <summary>Says which interesting things a history met.</summary>
internal static class Coverage
{
    public static IEnumerable<(string Name, bool IsMet)> Of(History history)
    {
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            yield return ($"fault: {kind}", history.Faults.ContainsKey(kind));
        }

        var changes = history.Executions.SelectMany(execution => execution.Changes).ToArray();
        foreach (var state in Enum.GetValues<RowState>().Where(state => state is not (RowState.Queued or RowState.Running)))
        {
            yield return ($"job: {state}", changes.Any(change => change.After.State == state));
        }

        foreach (var ending in Enum.GetValues<Ending>())
        {
            yield return ($"run: {ending}", history.Runs.Any(run => run.EndedAt is not null && history.Jobs[run.Ticket.Job].ActOf(run.Attempt).Ending == ending));
        }

        yield return ("run: cancelled", history.Runs.Any(run => run.CancelledAt is not null));
        yield return ("run: cut short by a crash", history.Runs.Any(run => run.EndedAt is null));
        yield return ("run: two at once", HasZombie(history));
        yield return ("lease: taken back", changes.Any(change => change is { Before.State: RowState.Running } && change.After.Token > change.Before.Token));
        yield return ("lease: late outcome refused", history.Executions.Any(execution => execution.Statuses.Contains("LeaseLost")));
        yield return ("effect: refused", history.Executions.Any(execution => execution.Statuses.Contains("Refused")));
        yield return ("effect: job enqueued", history.Executions.Any(execution => execution.Statuses.Count > 0 && execution.Changes.Any(change => change.Before is null)));
        yield return ("claim: several jobs", history.Executions.Any(execution => execution.Claims.Count > 1));
        yield return ("claim: into the buffer", history.Executions.Any(execution => execution.Claims.Exists(claim => !claim.Started)));
        yield return ("claim: started from the buffer", history.Executions.Any(execution => execution.Call.Operation == "start" && execution.Held.Count > 0));
        yield return ("claim: released", history.Executions.Any(execution => execution.Call.Operation == "release" && execution.Changes.Count > 0));
        yield return ("cancel: of a running job", history.Executions.Any(execution => execution.Word == "Requested"));
        yield return ("replay: made", history.Executions.Any(execution => execution is { Call.Operation: "replay", Word: not "no" }));
        yield return ("dedupe: key was taken", history.Acceptances.Any(acceptance => acceptance.Standing != acceptance.Requested));
        yield return ("kind: paused", history.KindPauses.Count > 0);
        yield return ("kind: limited", history.HasLimits && (history.Plan.Settings.MaxRunning ?? history.Plan.Settings.MaxRunningPerKey) is not null);
        yield return ("follow-up: made", history.Final.Values.Any(row => row.FollowUpKind is not null && row.IsFinished && row.State != RowState.Succeeded));
        yield return ("retry: made", changes.Any(change => change is { Before.State: RowState.Running, After.State: RowState.Queued } && change.After.DueAt != change.Before.DueAt));
        yield return ("call: given up", history.Calls.Any(call => call is { EndedAt: not null, Answer: null, Executions.Count: 0 }));
        yield return ("call: done and never answered", history.Calls.Any(call => call is { Answer: null, Executions.Count: > 0 }));
    }

    private static bool HasZombie(History history) =>
        history.Runs.GroupBy(run => run.Ticket.Job).Any(runs => runs.Any(run => runs.Any(other => other != run && other.StartedAt > run.StartedAt && run.EndedAt > other.StartedAt)));
}
