using System.Diagnostics.Metrics;

namespace Switchyard.Outbound;

/// <summary>Counts what the guard refuses; names are listed in the package's README.</summary>
internal sealed class OutboundInstruments
{
    public const string MeterName = "Switchyard.Outbound";
    public const string Refusals = "switchyard.outbound.refusals";
    public const string Reason = "reason";

    private readonly Counter<long> _refusals;

    public OutboundInstruments(IMeterFactory meters) =>
        _refusals = meters.Create(MeterName).CreateCounter<long>(Refusals, "{request}", "Requests that were refused before anything was sent, by reason.");

    public void OnRefused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>(Reason, reason));
}
