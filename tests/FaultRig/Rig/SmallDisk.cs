using System.Diagnostics;

namespace Switchyard.FaultRig;

/// <summary>A volume of 24 MiB in memory, which only root may mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Mounts it, or says why not.</summary>
    public static (SmallDisk? Disk, string Why) TryMount()
    {
        var folder = Directory.CreateTempSubdirectory("switchyard-small-").FullName;
        var why = Run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder);
        if (why.Length == 0)
        {
            return (new SmallDisk(folder), "");
        }

        Directory.Delete(folder);
        return (null, $"A tmpfs can't be mounted here (it takes root): {why}");
    }

    public void Dispose()
    {
        if (Run("umount", Folder).Length == 0)
        {
            Directory.Delete(Folder);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : $"{program} ended with {process.ExitCode}. {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
