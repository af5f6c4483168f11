namespace Switchyard.FaultRig.Faults;

/// <summary><c>kill -9</c> of one worker.</summary>
internal sealed class Kill : IFault
{
    public string Name => "kill -9 at a random time";

    public async Task<int> InflictAsync(Battlefield field)
    {
        if (await field.PickAsync() is not { } victim)
        {
            return 0;
        }

        victim.Kill();
        return 1;
    }
}

/// <summary><c>kill -9</c> of all workers and of the submitter at once.</summary>
internal sealed class KillAll : IFault
{
    public string Name => "kill -9 of every process at once";

    public Task<int> InflictAsync(Battlefield field)
    {
        foreach (var node in field.Workers.Append(field.Submitter))
        {
            if (node.Current is { IsUp: true } process)
            {
                process.Kill();
            }
        }

        return Task.FromResult(1);
    }
}

/// <summary><c>kill -9</c> of the process that enqueues.</summary>
internal sealed class KillSubmitter : IFault
{
    public string Name => "kill -9 of the enqueuing process";

    public Task<int> InflictAsync(Battlefield field)
    {
        var victim = field.Submitter.Current;
        victim?.Kill();
        return Task.FromResult(victim is null ? 0 : 1);
    }
}

/// <summary>SIGSTOP for longer than the lease, then SIGCONT: the process wakes as one that doesn't know that it was declared dead.</summary>
internal sealed class Pause : IFault
{
    public string Name => "SIGSTOP for 1.2 to 3 leases";

    public async Task<int> InflictAsync(Battlefield field)
    {
        if (await field.PickAsync() is not { } victim)
        {
            return 0;
        }

        victim.Pause();
        field.Later(ResumeAsync(victim, field.Settings.Lease * (1.2 + field.Next(180) / 100.0)));
        return 1;
    }

    private static async Task ResumeAsync(Processes.WorkerProcess victim, TimeSpan after)
    {
        await Task.Delay(after);
        victim.Resume();
    }
}

/// <summary>SIGTERM, and a new process: what a rolling restart does to each node.</summary>
internal sealed class RollingStop : IFault
{
    public string Name => "SIGTERM under load";

    public async Task<int> InflictAsync(Battlefield field)
    {
        if (await field.PickAsync() is not { } victim)
        {
            return 0;
        }

        victim.Terminate();
        return 1;
    }
}

/// <summary>A job that kills every process that runs it.</summary>
internal sealed class PoisonJob : IFault
{
    public string Name => "jobs that kill their process";

    public Task<int> InflictAsync(Battlefield field)
    {
        if (field.Submitter.Current is not { } submitter)
        {
            return Task.FromResult(0);
        }

        submitter.Poison();
        return Task.FromResult(1);
    }
}
