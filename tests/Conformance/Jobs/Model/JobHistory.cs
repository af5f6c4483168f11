using FsCheck;
using FsCheck.Fluent;

namespace Switchyard.Conformance.Jobs.Model;

/// <summary>A random history of commands, and how it is made and made smaller.</summary>
internal sealed record JobHistory(IReadOnlyList<JobCommand> Commands)
{
    private const int Choices = 60;
    private const int MaxLength = 80;

    public static Gen<JobHistory> Generator { get; } =
        from length in Gen.Choose(MaxLength / 4, MaxLength)
        from commands in Gen.ArrayOf(Command(), length)
        select new JobHistory(commands);

    /// <summary>Leaves out halves, quarters, … and single commands.</summary>
    public IEnumerable<JobHistory> Shrink()
    {
        for (var size = Commands.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= Commands.Count; start += size)
            {
                yield return new JobHistory([.. Commands.Take(start), .. Commands.Skip(start + size)]);
            }
        }
    }

    public override string ToString() => string.Join(' ', Commands);

    private static Gen<JobCommand> Command() =>
        from kind in Gen.Frequency(
            (12, Gen.Constant(JobCommandKind.Enqueue)),
            (2, Gen.Constant(JobCommandKind.EnqueueAgain)),
            (16, Gen.Constant(JobCommandKind.Claim)),
            (6, Gen.Constant(JobCommandKind.Start)),
            (6, Gen.Constant(JobCommandKind.Renew)),
            (14, Gen.Constant(JobCommandKind.Complete)),
            (4, Gen.Constant(JobCommandKind.Release)),
            (4, Gen.Constant(JobCommandKind.Cancel)),
            (4, Gen.Constant(JobCommandKind.Replay)),
            (2, Gen.Constant(JobCommandKind.Crash)),
            (12, Gen.Constant(JobCommandKind.Advance)),
            (4, Gen.Constant(JobCommandKind.TimeToNext)),
            (1, Gen.Constant(JobCommandKind.Pause)),
            (4, Gen.Constant(JobCommandKind.Resume)),
            (3, Gen.Constant(JobCommandKind.Limit)),
            (1, Gen.Constant(JobCommandKind.CancelMany)),
            (2, Gen.Constant(JobCommandKind.ReplayMany)))
        from delivery in Gen.Frequency(
            (10, Gen.Constant(JobDelivery.Once)), (1, Gen.Constant(JobDelivery.Twice)), (1, Gen.Constant(JobDelivery.LostReply)))
        from a in Gen.Choose(0, Choices - 1)
        from b in Gen.Choose(0, Choices - 1)
        from c in Gen.Choose(0, Choices - 1)
        select new JobCommand(kind, a, b, c, delivery);
}
