using System.Diagnostics;

namespace Switchyard.Ingest.Command;

/// <summary>Starts a program so that it, and what it starts, dies with this process: a leader of its own group, under a watchdog.</summary>
/// <remarks>
/// The watchdog is the other end of a pipe: when the pipe closes, because we say so or because we are gone, it kills the group.
/// A death signal (<c>prctl</c>) would miss grandchildren, and comes when a mere thread of ours ends. Where there is no
/// <c>setsid</c>, as on Windows, the program is started plainly and only an orderly stop takes it along.
/// </remarks>
internal static class CommandProcess
{
    // "$@" are the words as they are: nothing of them is read by the shell.
    private const string Watchdog =
        """exec 3<&0 </dev/null; env -u PWD -u OLDPWD -u SHLVL "$@" 3<&- & work=$!; { cat >/dev/null; kill -9 0; } <&3 >/dev/null 2>&1 & exec 3<&-; wait "$work" """;

    /// <summary>Finds what a command's first word names, or <see langword="null"/>: an existing path, or a file on <c>PATH</c>.</summary>
    public static string? Find(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar))
        {
            return File.Exists(program) ? Path.GetFullPath(program) : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        string[] words = [program, .. arguments];
        string[] all = OperatingSystem.IsWindows() || Find("setsid") is not { } setsid ? words : [setsid, "/bin/sh", "-c", Watchdog, "watchdog", .. words];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
    }

    /// <summary>Kills the program and all of its group.</summary>
    public static void Kill(Process process)
    {
        process.StandardInput.Close();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
