using System.Collections.Concurrent;
using System.Diagnostics;

namespace Switchyard.Samples.Jobs.Tests;

/// <summary>The sample, run as its readers run it: a process with a folder to work in.</summary>
internal sealed class SampleProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Process _process;

    public SampleProcess(string folder, params string[] args)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Assembly(), .. args]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Gets a line for each time that a handler began.</summary>
    public IReadOnlyCollection<string> Runs => [.. _lines.Where(line => line.StartsWith("letter ", StringComparison.Ordinal))];

    /// <summary>Gets whether the process is there; what it said is shown where it isn't.</summary>
    public bool IsAlive => !_process.HasExited ? true : throw new InvalidOperationException($"The sample ended with {_process.ExitCode}:\n{string.Join('\n', _lines)}");

    /// <summary>Kills the process as <c>kill -9</c> does: it learns nothing of it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    // Its own output folder, built in the same configuration as this one.
    private static string Assembly() =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "JobsSample", new DirectoryInfo(AppContext.BaseDirectory).Name, "JobsSample.dll"));

    private void Take(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
