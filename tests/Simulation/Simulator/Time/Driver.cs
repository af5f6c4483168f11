namespace Switchyard.Simulation.Time;

/// <summary>Runs a history on the one thread of the pool: each step only when nothing else is left to run.</summary>
/// <remarks>
/// It is a work item that puts itself to the end of the queue. On a pool of one thread everything before it has run by the time
/// it comes up again, in an order that depends on nothing but the code; so there is no lock and no second thread here.
/// </remarks>
internal sealed class Driver : IThreadPoolWorkItem, IDisposable
{
    private const int BusyLoop = 200_000;
    private readonly ManualResetEventSlim _done = new();
    private readonly Func<bool> _step;
    private Exception? _fault;
    private int _waits;

    private Driver(Func<bool> step) => _step = step;

    /// <summary>Steps until a step says that it was the last.</summary>
    public static void Run(Func<bool> step)
    {
        using var driver = new Driver(step);
        ThreadPool.UnsafeQueueUserWorkItem(driver, preferLocal: false);
        driver._done.Wait();
        if (driver._fault is BusyLoopException busy)
        {
            throw busy;
        }

        if (driver._fault is not null)
        {
            throw new InvalidOperationException("The simulator itself failed.", driver._fault);
        }
    }

    public void Execute()
    {
        try
        {
            if (ThreadPool.PendingWorkItemCount > 0)
            {
                _waits = _waits < BusyLoop ? _waits + 1 : throw new BusyLoopException();
            }
            else
            {
                _waits = 0;
                if (!_step())
                {
                    _done.Set();
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            _fault = exception;
            _done.Set();
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Dispose() => _done.Dispose();
}

/// <summary>A process runs in circles while no time passes.</summary>
internal sealed class BusyLoopException() : Exception("A process runs in circles and no time passes.");
