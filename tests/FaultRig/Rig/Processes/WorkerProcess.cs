using System.Diagnostics;
using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Processes;

/// <summary>A process of the worker program, and what the rig does to it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly string _journal;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(long From, long To)> _pauses = [];
    private readonly long _startedAt = RigClock.Now;
    private long _pausedAt;
    private long _killedAt;
    private long _stoppedAt;
    private bool _disposed;
    private volatile bool _paused;
    private volatile bool _working;

    private WorkerProcess(string name, string role, string folder, ProcessStartInfo start)
    {
        (Name, Works, _journal) = (name, role == "work", Path.Combine(folder, name + ".journal"));
        start.Environment["RIG_NAME"] = name;
        start.Environment["RIG_JOURNAL"] = _journal;
        _log = new StreamWriter(Path.Combine(folder, name + ".log")) { AutoFlush = true };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
    }

    public string Name { get; }

    public bool Works { get; }

    public int Id { get; private set; }

    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _disposed || _process.HasExited;
            }
        }
    }

    /// <summary>Gets whether it may be attacked: it has begun to work, and neither stands still nor was told to end.</summary>
    public bool IsUp => _working && !_paused && _killedAt == 0 && _stoppedAt == 0;

    /// <summary>Ends when the process has started up.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Ends when its failpoint has fired, with the action.</summary>
    public Task<string> Fired => _fired.Task;

    public static WorkerProcess Start(string name, string role, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly(), role])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder,
        };
        start.Environment.Clear();
        foreach (var kept in new[] { "PATH", "HOME", "DOTNET_ROOT", "TMPDIR" })
        {
            if (Environment.GetEnvironmentVariable(kept) is { } value)
            {
                start.Environment[kept] = value;
            }
        }

        // Many short lives on few cores: what the runtime would learn of the code in one is lost with it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var worker = new WorkerProcess(name, role, folder, start);
        worker._process.Start();
        worker.Id = worker._process.Id;
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Runs a role to its end and gives what it wrote.</summary>
    public static async Task<string> RunAsync(string role, string folder, IReadOnlyDictionary<string, string> environment)
    {
        using var worker = Start($"{role}-{Guid.NewGuid():N}", role, folder, environment);
        await worker._process.WaitForExitAsync();
        worker._log.Dispose();
        var output = await File.ReadAllTextAsync(Path.Combine(folder, worker.Name + ".log"));
        return worker._process.ExitCode == 0 ? output : throw new InvalidOperationException($"{role} ended with {worker._process.ExitCode}: {output}");
    }

    public void Kill()
    {
        Interlocked.CompareExchange(ref _killedAt, RigClock.Now, 0);
        Send(Signals.Kill);
    }

    public void Terminate()
    {
        Interlocked.CompareExchange(ref _stoppedAt, RigClock.Now, 0);
        Send(Signals.Terminate);
    }

    public void Pause()
    {
        Paused();
        Send(Signals.Stop);
    }

    public void Resume()
    {
        Send(Signals.Continue);
        _pauses.Add((_pausedAt, RigClock.Now));
        _paused = false;
    }

    /// <summary>Asks a submitter for a job that kills its process.</summary>
    public void Poison()
    {
        _process.StandardInput.Write('p');
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for the end and tells the life.</summary>
    public async Task<Life> EndAsync()
    {
        await _process.WaitForExitAsync();
        _working = false;
        var noticed = RigClock.Now;
        var events = JournalEvent.ReadAll(_journal);
        var end = WhyEnded(events);
        return new Life
        {
            Name = Name,
            Works = Works,
            Events = events,
            End = end,
            EndedAt = end == LifeEnd.Killed ? _killedAt : end == LifeEnd.Stopped ? _stoppedAt : noticed,
            StopTook = TimeSpan.FromMicroseconds(_stoppedAt > 0 ? noticed - _stoppedAt : 0),
            StartTook = events.FirstOrDefault(line => line.What == "ready") is { } ready ? TimeSpan.FromMicroseconds(ready.At - _startedAt) : null,
            Pauses = _pauses,
            Detail = $"exit code {_process.ExitCode}",
        };
    }

    public void Dispose()
    {
        Send(Signals.Kill);
        _process.WaitForExit();
        lock (_gate)
        {
            _disposed = true;
            _process.Dispose();
        }

        _log.Dispose();
    }

    /// <summary>Sends a signal to the process, and to no other that may have got its id since.</summary>
    private void Send(Action<int> signal)
    {
        lock (_gate)
        {
            if (!_disposed && !_process.HasExited)
            {
                signal(Id);
            }
        }
    }

    private void Paused() => (_pausedAt, _paused) = (RigClock.Now, true);

    private LifeEnd WhyEnded(IReadOnlyList<JournalEvent> events)
    {
        if (events.Any(line => line.What == "fired" && line.Details[1] == "Kill"))
        {
            return LifeEnd.FailPoint;
        }

        if (_killedAt > 0)
        {
            return LifeEnd.Killed;
        }

        // SIGTERM before the host listens for it ends a process as it ends any other.
        var aborted = _process.ExitCode == 128 + 6;
        var stopped = _process.ExitCode == 0 || (_process.ExitCode == 128 + 15 && events.All(line => line.What != "ready"));
        return aborted && events.Any(line => line.What == "start") ? LifeEnd.Poison
            : _stoppedAt > 0 && stopped ? LifeEnd.Stopped
            : LifeEnd.Unexpected;
    }

    private void Take(string? line)
    {
        if (line == "ready")
        {
            _ready.TrySetResult();
            _working |= !Works;
        }
        else if (line == "working")
        {
            _working = true;
        }
        else if (line?.StartsWith("fired ", StringComparison.Ordinal) == true)
        {
            if (line == "fired Pause")
            {
                Paused();
            }

            _fired.TrySetResult(line["fired ".Length..]);
        }

        Write(line);
    }

    private void Write(string? line)
    {
        lock (_log)
        {
            if (line is not null && _log.BaseStream is { CanWrite: true })
            {
                _log.WriteLine(line);
            }
        }
    }

    // The worker is built beside the rig, in the same configuration.
    private static string Assembly()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "FaultRig.Worker", configuration, "FaultRig.Worker.dll"));
    }
}
