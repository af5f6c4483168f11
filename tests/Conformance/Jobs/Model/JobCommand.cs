namespace Switchyard.Conformance.Jobs.Model;

/// <summary>One step of a random history. The numbers choose among what there is when the step is taken.</summary>
internal sealed record JobCommand(JobCommandKind Kind, int A, int B, int C)
{
    public override string ToString() => $"{Kind}({A},{B},{C})";
}

/// <summary>What a step does.</summary>
internal enum JobCommandKind
{
    Enqueue,
    EnqueueAgain,
    Claim,
    Start,
    Renew,
    Complete,
    Release,
    Cancel,
    Replay,
    Advance,
    TimeToNext,
}
