using Switchyard.Outbound.Destinations;

namespace Switchyard.Outbound.Connections;

/// <summary>Carries a refusal out of the handler that asked for a connection; never leaves this package.</summary>
internal sealed class RefusedConnectionException(Refusal refusal) : Exception(refusal.Clause)
{
    public Refusal Refusal => refusal;
}
