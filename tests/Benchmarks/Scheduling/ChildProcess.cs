using System.Diagnostics;

namespace Switchyard.Benchmarks.Scheduling;

/// <summary>Drives a part of a benchmark that runs in a process of its own, by a line and its answer at a time.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;

    public ChildProcess(params string[] args)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, .. args]) { RedirectStandardInput = true, RedirectStandardOutput = true },
        };
        _process.Start();
    }

    public async Task<string[]> AskAsync(params string[] words)
    {
        await _process.StandardInput.WriteLineAsync(string.Join('\t', words));
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public async Task<string[]> ReadAsync() =>
        (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience))?.Split('\t') ?? throw new InvalidOperationException("A process of the benchmark ended.");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
