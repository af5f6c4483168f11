using System.Diagnostics;

namespace Switchyard.Jobs.Recurring.Ticking;

/// <summary>Spans a transaction from when something due was found; a tick that finds nothing leaves no span.</summary>
internal sealed class TickActivity(RecurringInstruments instruments) : IDisposable
{
    private Activity? _activity;

    public T During<T>(Func<T> work)
    {
        _activity ??= instruments.StartFiring();
        return work();
    }

    public void Dispose() => _activity?.Dispose();
}
