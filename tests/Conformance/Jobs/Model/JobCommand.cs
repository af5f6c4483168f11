namespace Switchyard.Conformance.Jobs.Model;

/// <summary>One step of a random history. The numbers choose among what there is when the step is taken.</summary>
internal sealed record JobCommand(JobCommandKind Kind, int A, int B, int C, JobDelivery Delivery = JobDelivery.Once)
{
    public override string ToString() => $"{Kind}({A},{B},{C}){Delivery switch { JobDelivery.Once => "", JobDelivery.Twice => "x2", _ => "-lost" }}";
}

/// <summary>What becomes of a call on its way to the store and back.</summary>
internal enum JobDelivery
{
    Once,

    /// <summary>The call arrives twice.</summary>
    Twice,

    /// <summary>The call arrives, its reply doesn't, and the caller repeats it.</summary>
    LostReply,
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

    /// <summary>A worker's process dies: it forgets its leases, and the store isn't told.</summary>
    Crash,
    Advance,
    TimeToNext,
    Pause,
    Resume,
    Limit,
    CancelMany,
    ReplayMany,
}
