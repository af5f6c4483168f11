namespace Switchyard.FaultRig.Proxy;

/// <summary>What the proxy does with what passes through it.</summary>
internal enum ProxyMode
{
    Pass,

    /// <summary>Nothing goes through in either direction, and nobody is told.</summary>
    Blackhole,
}
