namespace Switchyard.Jobs.Running;

/// <summary>Says why the kernel cancelled a handler's token.</summary>
internal enum InterruptionReason
{
    None,

    /// <summary>The lease is lost, or may be before the handler could stop.</summary>
    LeaseLost,

    /// <summary>Somebody cancelled the job.</summary>
    CancelRequested,

    /// <summary>The host stops and the grace is over.</summary>
    Stopping,

    /// <summary>The attempt's time limit is reached.</summary>
    TimedOut,
}
