using System.Runtime.InteropServices;

namespace Switchyard.FaultRig.Worker;

/// <summary>Signals that this process sends to itself.</summary>
internal static partial class Signals
{
    private const int Kill = 9;
    private const int Stop = 19;

    /// <summary>Ends the process as <c>kill -9</c> does. Doesn't return.</summary>
    public static void KillSelf() => Send(Kill);

    /// <summary>Stands still until somebody sends SIGCONT.</summary>
    public static void PauseSelf() => Send(Stop);

    /// <summary>Makes a file that may grow no more an error of the write, rather than the end of the process.</summary>
    public static void IgnoreFileSizeLimit() => _ = SetHandler(25, 1);

    private static void Send(int signal)
    {
        _ = SendSignal(Environment.ProcessId, signal);

        // The signal may arrive a moment after the call; nothing may run in between.
        Thread.Sleep(50);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint SetHandler(int signal, nint handler);
}
