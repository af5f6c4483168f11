using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs;

/// <summary>Represents limits that the worker stores when it starts.</summary>
internal sealed record ConfiguredKindLimits(string Kind, JobKindLimits Limits);
