using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Executions;

/// <summary>Names the statuses and triggers of executions on the wire.</summary>
internal static class ExecutionNames
{
    public static WireNames<ExecutionStatus> Status { get; } = new(
        ("queued", ExecutionStatus.Queued),
        ("running", ExecutionStatus.Running),
        ("success", ExecutionStatus.Success),
        ("failure", ExecutionStatus.Failure),
        ("timed_out", ExecutionStatus.TimedOut),
        ("dead_letter", ExecutionStatus.DeadLetter));

    public static WireNames<ExecutionTrigger> Trigger { get; } = new(
        ("schedule", ExecutionTrigger.Schedule),
        ("manual", ExecutionTrigger.Manual),
        ("replay", ExecutionTrigger.Replay));
}
