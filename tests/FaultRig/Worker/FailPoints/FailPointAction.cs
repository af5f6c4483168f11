namespace Switchyard.FaultRig.Worker.FailPoints;

/// <summary>What goes wrong at a failpoint.</summary>
internal enum FailPointAction
{
    /// <summary>SIGKILL to the process itself.</summary>
    Kill,

    /// <summary>An exception: before a call it stands for one that was never made, after it for one whose reply was lost.</summary>
    Throw,

    /// <summary>Half a lease passes.</summary>
    Delay,

    /// <summary>SIGSTOP to the process itself; the rig wakes it after more than a lease.</summary>
    Pause,
}
