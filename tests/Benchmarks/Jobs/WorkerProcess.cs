using System.Diagnostics;
using System.Globalization;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>Drives a <see cref="WorkerProgram"/>. What is compiled in one round is compiled in the next, as in a comparator's process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private TaskCompletionSource<string[]> _answer = new();
    private long _at;

    public WorkerProcess()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, WorkerProgram.Verb]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _answer.TrySetException(new InvalidOperationException("A worker's process ended."));
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
    }

    /// <summary>Gets how many jobs succeeded since the last start.</summary>
    public long At => Volatile.Read(ref _at);

    /// <summary>Gets the time of the processors that the process has used.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Gets the resident memory of the process in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a worker, and gives the timestamp of its start.</summary>
    public async Task<long> StartAsync(JobsDatabase database, int concurrency)
    {
        Volatile.Write(ref _at, 0);
        var answer = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"start\t{database.Engine}\t{database.ConnectionString}\t{concurrency}"));
        return long.Parse(answer[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Stops the worker: how many jobs succeeded, the timestamp of the last, and the processor time since the start.</summary>
    public async Task<(long Succeeded, long Last, double Microseconds)> StopAsync()
    {
        var answer = await AskAsync("stop");
        return (long.Parse(answer[1], CultureInfo.InvariantCulture), long.Parse(answer[2], CultureInfo.InvariantCulture), double.Parse(answer[3], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task<string[]> AskAsync(string line)
    {
        _answer = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await _answer.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    private void Take(string? line)
    {
        switch (line?.Split('\t'))
        {
            case ["at", var count]:
                Volatile.Write(ref _at, long.Parse(count, CultureInfo.InvariantCulture));
                break;
            case ["started" or "stopped", ..] answer:
                _answer.TrySetResult(answer);
                break;
            default:
                break;
        }
    }
}
