using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Cluster;

/// <summary>Carries calls to the store and answers back, and does to them what the faults say.</summary>
internal sealed class Wire(World world, Process process)
{
    private Node Node => process.Node;

    /// <summary>Sends a call. It may be done though the caller never hears of it.</summary>
    public Task<T> SendAsync<T>(StoreCall call, Func<Execution, T> execute, CancellationToken cancellationToken)
    {
        world.History.Calls.Add(call);
        world.Log?.Line(process.Life.Name, Describe(call));
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var registration = cancellationToken.Register(() =>
        {
            if (answer.TrySetCanceled(cancellationToken))
            {
                call.EndedAt = world.Agenda.Now;
                world.Log?.Line(process.Life.Name, $"gives up call {call.Number}");
            }
        });
        var fate = TakeFate(call);
        world.Agenda.Add(Late(fate?.Kind, call, "start") ?? Latency(), null, () => Arrive(call, execute, answer, fate?.Kind));
        if (fate?.Kind == FaultKind.DoubledCall)
        {
            world.Agenda.Add(Latency() * 3, null, () => Repeat(call, execute));
        }

        return FinishAsync(answer.Task, registration);
    }

    private static async Task<T> FinishAsync<T>(Task<T> answer, CancellationTokenRegistration registration)
    {
        await using (registration.ConfigureAwait(false))
        {
            return await answer.ConfigureAwait(false);
        }
    }

    private void Arrive<T>(StoreCall call, Func<Execution, T> execute, TaskCompletionSource<T> answer, FaultKind? fate)
    {
        if (IsSilent)
        {
            return;
        }

        if (IsCut || fate == FaultKind.FailedCall)
        {
            Reply(call, fate, () => Fail(call, answer, "The call did not arrive."));
            return;
        }

        Execution execution;
        T result;
        try
        {
            (execution, result) = world.Execute(call, execute);
        }
        catch (ArgumentException wrong)
        {
            Reply(call, fate, () => answer.TrySetException(wrong));
            return;
        }

        if (fate == FaultKind.LostReply)
        {
            Reply(call, fate, () => Fail(call, answer, "The reply is lost."));
            return;
        }

        Reply(call, fate, () => Deliver(call, execution, result, answer));
    }

    /// <summary>The call comes again, as some network equipment does it; nobody waits for this answer.</summary>
    private void Repeat<T>(StoreCall call, Func<Execution, T> execute)
    {
        if (!IsSilent && !IsCut)
        {
            world.Execute(call, execute);
        }
    }

    private void Reply(StoreCall call, FaultKind? fate, Action act) => world.Agenda.Add(Late(fate, call, "claim") ?? Latency(), process, act);

    private void Deliver<T>(StoreCall call, Execution execution, T result, TaskCompletionSource<T> answer)
    {
        if (IsSilent)
        {
            return;
        }

        if (IsCut)
        {
            Fail(call, answer, "The reply is lost.");
        }
        else if (answer.TrySetResult(result))
        {
            call.Answer = execution;
            call.EndedAt = world.Agenda.Now;
            world.Log?.Line(process.Life.Name, $"hears of call {call.Number}");
        }
    }

    private void Fail<T>(StoreCall call, TaskCompletionSource<T> answer, string why)
    {
        if (answer.TrySetException(new IOException(why)))
        {
            call.EndedAt = world.Agenda.Now;
            world.Log?.Line(process.Life.Name, $"call {call.Number} fails: {why}");
        }
    }

    private bool IsCut => world.Agenda.Now < Node.CutUntil;

    private bool IsSilent => world.Agenda.Now < Node.SilentUntil;

    private TimeSpan Latency() =>
        TimeSpan.FromMilliseconds(1) + world.Dice.Between(TimeSpan.Zero, world.Agenda.Now < Node.SlowUntil ? world.Plan.Settings.Lease : world.Plan.Settings.Latency);

    /// <summary>Draws how late a way is. The one that decides for its operation is so late that the caller just goes on.</summary>
    private TimeSpan? Late(FaultKind? fate, StoreCall call, string decisive)
    {
        var lease = world.Plan.Settings.Lease;
        return fate != FaultKind.LateCall ? null
            : call.Operation is not ("claim" or "start") ? world.Dice.Between(TimeSpan.Zero, lease)
            : call.Operation != decisive ? Latency()
            : call.Operation == "claim" ? world.Dice.Between(lease * 0.4, lease * 0.6) : world.Dice.Between(lease * 0.5, lease * 0.95);
    }

    private Fault? TakeFate(StoreCall call)
    {
        var fault = Node.ForNextCall.Find(candidate => IsMeant(candidate, call));
        if (fault is not null)
        {
            Node.ForNextCall.Remove(fault);
            world.NoteFault(fault, process.Life.Name);
            if (fault is { Kind: FaultKind.LateCall, Operation: "claim" })
            {
                Node.ForNextCall.Add(fault with { Operation = "start" });
            }
        }

        return fault;
    }

    private static bool IsMeant(Fault fault, StoreCall call) =>
        fault.Operation is null || fault.Operation == call.Operation && (fault.Kind != FaultKind.LateCall || call.Operation != "claim" || call.MaxJobs > call.StartAtOnce);

    private static string Describe(StoreCall call)
    {
        var what = call.Outcomes.Count > 0
            ? string.Join(", ", call.Tickets.Zip(call.Outcomes, (ticket, outcome) => $"{ticket} {outcome.State}"))
            : string.Join(", ", call.Tickets);
        return $"call {call.Number}: {call.Operation} {(call.Job is { } job ? $"j{job}" : what)}{(call.MaxJobs > 0 ? $"up to {call.MaxJobs}" : "")}";
    }
}
