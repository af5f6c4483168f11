using Switchyard.Jobs;

namespace Switchyard.Conformance.Jobs;

/// <summary>An effect that no store knows, so that every store must refuse it.</summary>
internal sealed record UnknownEffect : JobEffect;
