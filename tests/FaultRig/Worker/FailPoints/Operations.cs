namespace Switchyard.FaultRig.Worker.FailPoints;

/// <summary>The operations of the store, and which of them the current flow is in.</summary>
internal static class Operations
{
    public const string Enqueue = "enqueue";
    public const string Claim = "claim";
    public const string Start = "start";
    public const string Renew = "renew";
    public const string Complete = "complete";
    public const string Release = "release";

    /// <summary>The caller's own transaction, which a job is enqueued in.</summary>
    public const string Order = "order";

    private static readonly AsyncLocal<string?> Flow = new();

    public static IReadOnlyList<string> All { get; } = [Enqueue, Claim, Start, Renew, Complete, Release];

    /// <summary>Gets or sets the operation that the current flow is in; <c>other</c> where nobody said.</summary>
    public static string Current
    {
        get => Flow.Value ?? "other";
        set => Flow.Value = value;
    }
}
