using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Processes;

/// <summary>A node of the system under attack: whenever its process dies, the next one is started.</summary>
internal sealed class Node(string name, string role, string folder, IReadOnlyDictionary<string, string> environment, Func<Life?, LifeSpec> next, Random random, TimeSpan lease)
{
    private const int TooMany = 5;
    private readonly List<Life> _lives = [];
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WorkerProcess? _current;
    private int _started;

    public string Name => name;

    public WorkerProcess? Current => _current;

    public IReadOnlyList<Life> Lives => _lives;

    /// <summary>Starts process after process until <see cref="End"/>.</summary>
    public async Task RunAsync()
    {
        while (!_ending.Task.IsCompleted)
        {
            await LiveAsync(next(_lives.LastOrDefault()));
            if (_lives.Count >= TooMany && _lives.TakeLast(TooMany).All(life => life.End == LifeEnd.Unexpected))
            {
                throw new InvalidOperationException($"{name} dies of itself again and again, last with {_lives[^1].Detail}; its logs are in {folder}");
            }

            await Task.WhenAny(Task.Delay(random.Next(50, 700)), _ending.Task);
        }
    }

    /// <summary>Tells the process to stop, and starts no other.</summary>
    public void End()
    {
        _ending.TrySetResult();
        _current?.Terminate();
    }

    private async Task LiveAsync(LifeSpec spec)
    {
        var values = new Dictionary<string, string>(environment) { ["FAILPOINT"] = spec.FailPoint };
        using var process = WorkerProcess.Start($"{name}-{++_started}", role, folder, values);
        _current = process;
        if (_ending.Task.IsCompleted)
        {
            process.Terminate();
        }

        var end = process.EndAsync();
        if (spec.FailPoint.Length > 0)
        {
            await ProvokeAsync(process, spec, end);
        }

        _lives.Add(await end);
        _current = null;
    }

    /// <summary>Sees that a process comes to its failpoint, and goes on where the point leaves it alive.</summary>
    private async Task ProvokeAsync(WorkerProcess process, LifeSpec spec, Task end)
    {
        await Task.WhenAny(process.Ready, end);
        if (spec.NeedsStop)
        {
            await Task.WhenAny(Task.Delay(lease), end);
            process.Terminate();
        }

        await Task.WhenAny(process.Fired, end, Task.Delay(lease * 4));
        if (process.Fired.IsCompletedSuccessfully && await process.Fired == "Pause")
        {
            await Task.WhenAny(Task.Delay(lease * 1.5), end);
            process.Resume();
        }

        await Task.WhenAny(Task.Delay(lease), end);
        if (!end.IsCompleted)
        {
            process.Terminate();
        }
    }
}
