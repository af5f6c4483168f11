namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Represents what runs ingest jobs.</summary>
/// <param name="Kind"><c>builtin</c>, <c>command</c> or <c>callback</c>.</param>
/// <param name="Command">The command line of <c>command</c>.</param>
/// <param name="Timeout">How long a run may take.</param>
internal sealed record ExecutorSettings(string Kind, string? Command, TimeSpan Timeout);
