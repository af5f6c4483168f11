namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Represents how this node works off jobs.</summary>
/// <param name="Enabled">Whether it does at all; <see langword="false"/> makes an API-only node.</param>
/// <param name="Concurrency">How many at once.</param>
/// <param name="Lease">How long a dead node's work is held.</param>
internal sealed record WorkerSettings(bool Enabled, int Concurrency, TimeSpan Lease);
