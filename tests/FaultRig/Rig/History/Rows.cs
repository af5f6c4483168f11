namespace Switchyard.FaultRig.History;

/// <summary>Where a job stands, by the numbers that are stored.</summary>
internal static class States
{
    public const int Queued = 0;
    public const int Running = 1;
    public const int Succeeded = 2;
    public const int DeadLetter = 4;
    public const int Cancelled = 5;

    public static bool IsEnd(int state) => state is >= Succeeded and <= Cancelled;
}

/// <summary>A job as it stood at the end.</summary>
internal sealed record JobRow(string Id, string Kind, int State, int Attempt, int MaxAttempts, long Token, string? Parent);

/// <summary>One write of a job's row, noted by a trigger in the writer's transaction.</summary>
/// <param name="Order">The order of the writes.</param>
/// <param name="At">Microseconds of <see cref="RigClock"/>.</param>
/// <param name="Job">The job.</param>
/// <param name="Before">How the row was; <see langword="null"/> for an insert.</param>
/// <param name="After">How the row is; <see langword="null"/> for a delete.</param>
internal sealed record AuditRow(long Order, long At, string Job, RowState? Before, RowState? After);

/// <summary>What matters of a row.</summary>
internal sealed record RowState(int State, long Token, string? Owner, int Attempt, string? FinishedAt);

/// <summary>A row that an effect wrote.</summary>
internal sealed record EffectRow(string Job, long Token, string Node);
