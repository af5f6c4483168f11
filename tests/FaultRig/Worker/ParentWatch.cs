using Microsoft.Extensions.Hosting;

namespace Switchyard.FaultRig.Worker;

/// <summary>Listens to the rig: each byte asks for one poisonous job, and the end of the input means that the rig is gone.</summary>
internal sealed class ParentWatch : IHostedService
{
    private int _poison;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Listen) { IsBackground = true, Name = "parent watch" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes one request for a poisonous job, if there is one.</summary>
    public bool TakePoison()
    {
        if (Interlocked.Decrement(ref _poison) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref _poison);
        return false;
    }

    private void Listen()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            Interlocked.Increment(ref _poison);
        }

        Signals.KillSelf();
    }
}
