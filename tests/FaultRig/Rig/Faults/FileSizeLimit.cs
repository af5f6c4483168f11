using System.Diagnostics;
using System.Globalization;
using Switchyard.FaultRig.Processes;

namespace Switchyard.FaultRig.Faults;

/// <summary>The database's files may grow no more for a while, by a limit on every process: what is left of a full disk where none can be mounted.</summary>
internal sealed class FileSizeLimit(string folder) : IFault
{
    public string Name => "file size limit";

    public async Task<int> InflictAsync(Battlefield field)
    {
        WorkerProcess[] processes = [.. field.Workers.Append(field.Submitter).Select(node => node.Current).OfType<WorkerProcess>()];
        await field.WithoutStoreAsync(Name, async () =>
        {
            // Not the journals: they are far smaller than any database.
            var size = Directory.GetFiles(folder, "rig.db*").Max(path => new FileInfo(path).Length);
            await SetAsync(processes, size.ToString(CultureInfo.InvariantCulture));
            await Task.Delay(TimeSpan.FromSeconds(3));
            await SetAsync(processes, "unlimited");
        });
        return processes.Length == 0 ? 0 : 1;
    }

    private static async Task SetAsync(WorkerProcess[] processes, string limit)
    {
        foreach (var process in processes.Where(process => !process.HasEnded))
        {
            using var prlimit = Process.Start("prlimit", ["--pid", process.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}:unlimited"]);
            await prlimit.WaitForExitAsync();
        }
    }
}
