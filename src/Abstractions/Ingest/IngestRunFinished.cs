using Switchyard.Jobs;

namespace Switchyard.Ingest;

/// <summary>Represents the end of a run. As an effect it ends the run in the transaction that completes the kernel's job.</summary>
/// <remarks>A run that has ended already stays as it is: the effect then changes nothing, and is no error.</remarks>
public sealed record IngestRunFinished : JobEffect
{
    /// <summary>Gets the run.</summary>
    public required Guid RunUid { get; init; }

    /// <summary>Gets the fence that the end is valid under; <see langword="null"/> ends the run whatever its fence.</summary>
    public long? Fence { get; init; }

    /// <summary>Gets whether the run ended well.</summary>
    public required bool Success { get; init; }

    /// <summary>Gets when it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets what loaded the data; <see langword="null"/> leaves what is stored.</summary>
    public string? Engine { get; init; }

    /// <summary>Gets the summary, a JSON text; <see langword="null"/> leaves what is stored.</summary>
    public string? Summary { get; init; }

    /// <summary>Gets the last of the executor's output; <see langword="null"/> leaves what is stored.</summary>
    public string? LogTail { get; init; }

    /// <summary>Gets errors to add to those that were reported before.</summary>
    public IReadOnlyList<IngestRunError> Errors { get; init; } = [];

    /// <summary>Gets the names of the files under <c>output/</c>; <see langword="null"/> leaves what is stored.</summary>
    public IReadOnlyList<string>? OutputFiles { get; init; }
}
