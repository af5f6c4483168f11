using Switchyard.Jobs.Operations;

namespace Switchyard.Conformance.Jobs.Model;

/// <summary>What the model knows of the kind: whether it is paused, its limits, and what its rate has left.</summary>
internal sealed class ModelKind
{
    private decimal _left;
    private DateTimeOffset _at;

    public bool IsPaused { get; set; }

    public JobKindLimits Limits { get; private set; } = JobKindLimits.None;

    /// <summary>Whether anything holds claims back.</summary>
    public bool IsLimited => IsPaused || Limits != JobKindLimits.None;

    public void SetLimits(JobKindLimits limits, DateTimeOffset now)
    {
        Limits = limits;
        (_left, _at) = (limits.Rate?.Starts ?? 0, now);
    }

    /// <summary>How many more jobs may be claimed.</summary>
    public int Room(int running, DateTimeOffset now)
    {
        Refill(now);
        var room = IsPaused ? 0 : int.MaxValue;
        room = Limits.MaxRunning is { } most ? Math.Min(room, most - running) : room;
        room = Limits.Rate is null ? room : Math.Min(room, (int)Math.Floor(_left));
        return Math.Max(room, 0);
    }

    public void Spend(int claimed, DateTimeOffset now)
    {
        Refill(now);
        _left -= claimed;
    }

    private void Refill(DateTimeOffset now)
    {
        if (Limits.Rate is { } rate)
        {
            _left = Math.Min(rate.Starts, _left + rate.Starts * (decimal)(now - _at).TotalMilliseconds / (decimal)rate.Per.TotalMilliseconds);
        }

        _at = now;
    }
}
