namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>The payload of every kind.</summary>
internal sealed record Work(int Number);
