using System.Runtime.InteropServices;

namespace Switchyard.FaultRig;

/// <summary>Signals to processes that the rig started, by their ids.</summary>
internal static partial class Signals
{
    public static void Kill(int process) => Send(process, 9);

    public static void Terminate(int process) => Send(process, 15);

    public static void Continue(int process) => Send(process, 18);

    public static void Stop(int process) => Send(process, 19);

    private static void Send(int process, int signal) => _ = SendSignal(process, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
