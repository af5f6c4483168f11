namespace Switchyard.Storage.EfCore.Jobs.Kinds;

/// <summary>Represents what holds for a kind: its limits, the state of its token bucket, and its pause.</summary>
internal sealed class JobKindEntity
{
    public string Kind { get; set; } = "";

    /// <summary>Whether any limit is set: claims of such kinds take turns.</summary>
    public bool Limited { get; set; }

    public int? MaxRunning { get; set; }

    public int? MaxRunningPerKey { get; set; }

    public int? RateStarts { get; set; }

    public long? RatePerMicroseconds { get; set; }

    /// <summary>How many millionths of a token the bucket held at <see cref="RateAt"/>.</summary>
    public long RateTokens { get; set; }

    public DateTimeOffset? RateAt { get; set; }

    public DateTimeOffset? PausedAt { get; set; }

    public string? PausedBy { get; set; }

    public string? PauseReason { get; set; }
}
