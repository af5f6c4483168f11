using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs;
using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Cluster;

/// <summary>A process with the real kernel in it, which can be stopped, killed and made to stand still.</summary>
internal sealed class Process : IPausable
{
    private readonly World _world;
    private readonly List<Happening> _held = [];
    private readonly IHostedService[] _hosted;
    private TimeSpan _pausedUntil;
    private TimeSpan _pausedAt;

    public Process(World world, Node node, string owner, bool runsJobs)
    {
        (_world, Node) = (world, node);
        Clock = new NodeClock(world.Agenda, this, () => node.Skew);
        Life = new Life { Name = $"{node.Name}.{++node.Starts}", Owner = owner, StartedAt = world.Agenda.Now };
        Services = Wiring.Build(world, this, runsJobs);
        Signal = Services.GetRequiredService<IJobSignal>();
        _hosted = [.. Services.GetServices<IHostedService>()];
        world.History.Lives.Add(Life);
    }

    public Node Node { get; }

    public Life Life { get; }

    public NodeClock Clock { get; }

    public ServiceProvider Services { get; }

    public IJobSignal Signal { get; }

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    public bool IsStopping => Life.StoppingAt is not null;

    /// <summary>Gets or sets whether a signal is under way to it.</summary>
    public bool IsBeingWoken { get; set; }

    public void Hold(Happening happening) => _held.Add(happening);

    public void Start()
    {
        _world.Log?.Line(Life.Name, "starts");
        foreach (var service in _hosted)
        {
            service.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    /// <summary>Kills the process: nothing of it goes on.</summary>
    public void Kill()
    {
        NoteWhatBroke();
        IsDead = true;
        Life.KilledAt = _world.Agenda.Now;
        EndPause();
        _world.Log?.Line(Life.Name, "is killed");
    }

    public void PauseUntil(TimeSpan until)
    {
        _world.Log?.Line(Life.Name, $"stands still for {until - _world.Agenda.Now:c}");
        _pausedAt = IsPaused ? _pausedAt : _world.Agenda.Now;
        _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        IsPaused = true;
        _world.Agenda.AddAt(until, null, Resume);
    }

    /// <summary>Stops the process in order, as a host does; it is gone when that has come to its end.</summary>
    public async Task StopAsync()
    {
        Life.StoppingAt = _world.Agenda.Now;
        _world.Log?.Line(Life.Name, "is asked to stop");
        using var limit = new CancellationTokenSource(_world.Plan.Settings.Grace + TimeSpan.FromSeconds(10), Clock);
        foreach (var service in _hosted.Reverse())
        {
            await service.StopAsync(limit.Token);
        }

        NoteWhatBroke();
        IsDead = true;
        Life.StoppedAt = _world.Agenda.Now;
        _world.Log?.Line(Life.Name, "has stopped");
    }

    /// <summary>Notes a loop of the kernel that ended by itself.</summary>
    private void NoteWhatBroke() =>
        Life.BrokenBy ??= _hosted.OfType<BackgroundService>().Select(service => service.ExecuteTask)
            .FirstOrDefault(task => task is { IsFaulted: true })?.Exception?.GetBaseException().Message;

    private void Resume()
    {
        if (IsDead || !IsPaused || _world.Agenda.Now < _pausedUntil)
        {
            return;
        }

        EndPause();
        _world.Log?.Line(Life.Name, "goes on");
        foreach (var happening in _held)
        {
            _world.Agenda.Add(TimeSpan.Zero, this, () =>
            {
                if (!happening.IsOff)
                {
                    happening.Act();
                }
            });
        }

        _held.Clear();
    }

    private void EndPause()
    {
        if (IsPaused)
        {
            IsPaused = false;
            Life.Pauses.Add((_pausedAt, _world.Agenda.Now));
        }
    }
}
