using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Recurring.Ticking;

/// <summary>Plans one batch; whatever can't be planned is put off, so that it holds up nobody else.</summary>
/// <remarks>The store may ask for the plan again where it repeats its transaction: only the last answer counts.</remarks>
internal sealed partial class TickPlan(IOccurrencePlanner planner, TickCaution caution, ILogger logger)
{
    private const int MostLogged = 5;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private DateTimeOffset _now;

    /// <summary>Gets what was planned for.</summary>
    public IReadOnlyList<DueRecurrence> Due { get; private set; } = [];

    public IReadOnlyList<RecurrenceFiring> Firings { get; private set; } = [];

    /// <summary>Gets how many were put off.</summary>
    public int PutOff { get; private set; }

    /// <summary>Gets whether some have more that is due than one plan deals with.</summary>
    public bool HasRest => Firings.Any(firing => (firing.LookAt ?? firing.NextAt) <= _now);

    public IReadOnlyList<RecurrenceFiring> Make(IReadOnlyList<DueRecurrence> due, DateTimeOffset now)
    {
        (Due, _now, PutOff) = (due, now, 0);
        return Firings = [.. due.Select(Make)];
    }

    private RecurrenceFiring Make(DueRecurrence due)
    {
        try
        {
            return caution.IsHopeless(due.Recurrence.Id)
                ? throw new InvalidOperationException("What it brings about could not be stored three times running; the tick's warnings say why.")
                : planner.Plan(due, _now);
        }
        catch (Exception exception)
        {
            if (++PutOff <= MostLogged)
            {
                Log.PutOff(logger, exception, due.Recurrence.Id, due.Recurrence.Kind, due.Recurrence.Expression, due.Recurrence.TimeZone);
            }

            return new RecurrenceFiring { RecurrenceId = due.Recurrence.Id, NextAt = due.Recurrence.NextAt, LookAt = _now + LookAgain, Occurrences = [] };
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.RecurrencePutOff, LogLevel.Warning,
            "Recurrence {Recurrence} of kind {Kind} ({Expression}, {TimeZone}) could not be planned; it is looked at again in a minute.", EventName = "RecurrencePutOff")]
        public static partial void PutOff(ILogger logger, Exception exception, Guid recurrence, string kind, string expression, string timeZone);
    }
}
