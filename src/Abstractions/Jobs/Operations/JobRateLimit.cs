namespace Switchyard.Jobs.Operations;

/// <summary>Represents a token bucket: it holds at most <paramref name="Starts"/>, and refills evenly, all of them in <paramref name="Per"/>.</summary>
/// <param name="Starts">How many jobs may be claimed at once, and in each <paramref name="Per"/> on average; at least 1.</param>
/// <param name="Per">The time; from a millisecond to a day.</param>
public sealed record JobRateLimit(int Starts, TimeSpan Per);
