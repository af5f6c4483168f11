using System.Diagnostics.Metrics;

namespace Switchyard.Tokens;

/// <summary>Counts what the package does; names are listed in its README.</summary>
internal sealed class TokensInstruments
{
    public const string MeterName = "Switchyard.Tokens";

    private readonly Counter<long> _validations;
    private readonly Counter<long> _fetches;

    public TokensInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _validations = meter.CreateCounter<long>("switchyard.tokens.validations", "{token}", "Tokens judged, by issuer and outcome.");
        _fetches = meter.CreateCounter<long>("switchyard.tokens.key_fetches", "{fetch}", "Fetches of an issuer's keys, by issuer and outcome.");
    }

    /// <summary>Counts a token: <c>valid</c>, <c>remembered</c>, <c>invalid</c> or <c>unavailable</c>.</summary>
    public void OnValidated(string issuer, string outcome)
    {
        if (_validations.Enabled)
        {
            _validations.Add(1, new("issuer", issuer), new("outcome", outcome));
        }
    }

    /// <summary>Counts a fetch: <c>changed</c>, <c>unchanged</c> or <c>failed</c>.</summary>
    public void OnKeysFetched(string issuer, string outcome) => _fetches.Add(1, new("issuer", issuer), new("outcome", outcome));
}
