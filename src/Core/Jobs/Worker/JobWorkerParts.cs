using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>What a worker is made of.</summary>
internal sealed record JobWorkerParts
{
    public required IJobStore Store { get; init; }

    public required IJobSignal Signal { get; init; }

    public required JobHandlerTable Handlers { get; init; }

    public required IServiceScopeFactory Scopes { get; init; }

    public required JobsOptions Options { get; init; }

    public required JobsInstruments Instruments { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Gets what is added to the worker's name where it is one of several in the process; may be empty.</summary>
    public string NameSuffix { get; init; } = "";

    /// <summary>Gets how many handlers run at once.</summary>
    public required int Slots { get; init; }

    public required Func<double> Randomizer { get; init; }

    public required ILogger Logger { get; init; }

    public IJobJournal? Journal { get; init; }

    public INodeRegistry? Nodes { get; init; }

    public IJobKindStore? KindStore { get; init; }

    public IReadOnlyList<ConfiguredKindLimits> KindLimits { get; init; } = [];
}
