using NodaTime;

namespace Switchyard.Cron.Tests.Oracle;

/// <summary>A stretch of a zone's time, one entry per step.</summary>
internal sealed class WallClock
{
    private readonly Tick[] _ticks;

    /// <summary>Walks from an instant, at which no overlap may be under way, to another.</summary>
    public WallClock(Func<Instant, Offset> offset, Instant from, Instant until, int seconds)
    {
        var step = Duration.FromSeconds(seconds);
        var ticks = new List<Tick>((int)((until - from) / step));
        var latest = from.WithOffset(offset(from)).LocalDateTime;
        for (var at = from + step; at <= until; at += step)
        {
            var local = at.WithOffset(offset(at)).LocalDateTime;
            var expected = latest.PlusSeconds(seconds);
            ticks.Add(new Tick(at, local, IsRepeated: local <= latest, Skipped(expected, local, seconds)));
            latest = local > latest ? local : latest;
        }

        _ticks = [.. ticks];
    }

    /// <summary>Lists when an expression fires: where the clocks show it, in a second pass only intervals, and for what was skipped after the gap.</summary>
    public IEnumerable<DateTimeOffset> Firings(OracleExpression expression)
    {
        foreach (var tick in _ticks)
        {
            if (expression.Matches(tick.Local) && !(expression.IsFixed && tick.IsRepeated) || tick.Skipped.Length > 0 && tick.Skipped.Any(expression.Matches))
            {
                yield return tick.At.ToDateTimeOffset();
            }
        }
    }

    private static LocalDateTime[] Skipped(LocalDateTime from, LocalDateTime until, int seconds)
    {
        if (from >= until)
        {
            return [];
        }

        var skipped = new List<LocalDateTime>();
        for (var at = from; at < until; at = at.PlusSeconds(seconds))
        {
            skipped.Add(at);
        }

        return [.. skipped];
    }

    private readonly record struct Tick(Instant At, LocalDateTime Local, bool IsRepeated, LocalDateTime[] Skipped);
}
