using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Recurring.Ticking;

/// <summary>Holds what a ticker is made of.</summary>
internal sealed record RecurrenceTickerParts
{
    /// <summary>Gets the store; <see langword="null"/> where the job store in use keeps no recurrences, so that there are none to fire.</summary>
    public required IRecurrenceStore? Store { get; init; }

    /// <summary>Gets the kinds whose effects this process knows; others are left to other processes.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    public required IOccurrencePlanner Planner { get; init; }

    public required RecurringRegistrar Registrar { get; init; }

    public required RecurringOptions Options { get; init; }

    public required RecurringInstruments Instruments { get; init; }

    public required JobsInstruments JobsInstruments { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required Func<double> Randomizer { get; init; }

    public required ILogger Logger { get; init; }
}
