using System.Globalization;

namespace Switchyard.FaultRig.Worker;

/// <summary>What the rig tells a process by its environment.</summary>
internal sealed record WorkerSettings
{
    /// <summary>Gets the name of this life of the process; no other process ever has the same.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the connection string, after <c>postgresql:</c> or <c>sqlite:</c>.</summary>
    public required string Database { get; init; }

    /// <summary>Gets the path of the journal.</summary>
    public required string Journal { get; init; }

    public required TimeSpan Lease { get; init; }

    public required TimeSpan Poll { get; init; }

    public required TimeSpan Grace { get; init; }

    /// <summary>Gets by how much this process's wall clock is off.</summary>
    public required TimeSpan Skew { get; init; }

    public required int Concurrency { get; init; }

    /// <summary>Gets how many jobs a second are submitted.</summary>
    public required int Rate { get; init; }

    /// <summary>Gets what goes wrong, such as <c>complete.after:kill:3</c>; nothing where it is empty.</summary>
    public required string FailPoint { get; init; }

    public static WorkerSettings FromEnvironment() => new()
    {
        Name = Text("RIG_NAME"),
        Database = Text("RIG_DATABASE"),
        Journal = Text("RIG_JOURNAL"),
        Lease = Milliseconds("RIG_LEASE_MS", 3000),
        Poll = Milliseconds("RIG_POLL_MS", 500),
        Grace = Milliseconds("RIG_GRACE_MS", 1000),
        Skew = Milliseconds("RIG_SKEW_MS", 0),
        Concurrency = Number("RIG_CONCURRENCY", 4),
        Rate = Number("RIG_RATE", 8),
        FailPoint = Environment.GetEnvironmentVariable("FAILPOINT") ?? "",
    };

    private static string Text(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");

    private static TimeSpan Milliseconds(string name, int otherwise) => TimeSpan.FromMilliseconds(Number(name, otherwise));

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
