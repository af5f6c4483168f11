namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Represents whose tokens surface 1 accepts.</summary>
/// <param name="Issuer">The issuer; <see langword="null"/> switches the surface off (503).</param>
/// <param name="Audience">The audience; <see langword="null"/> means the host's own public URL.</param>
internal sealed record TokenSettings(string? Issuer, string? Audience);
