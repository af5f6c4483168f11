using System.Diagnostics.Metrics;

namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Counts deliveries; names are listed in the package's README.</summary>
internal sealed class WebhookReceiverInstruments
{
    public const string MeterName = "Switchyard.AspNetCore.WebhookReceiver";

    private readonly Counter<long> _deliveries;

    public WebhookReceiverInstruments(IMeterFactory meters) =>
        _deliveries = meters.Create(MeterName).CreateCounter<long>("switchyard.webhook_receiver.deliveries", "{delivery}", "Deliveries that were answered, by outcome.");

    public void OnAnswered(string outcome) => _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
