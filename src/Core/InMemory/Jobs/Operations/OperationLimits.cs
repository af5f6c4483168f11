using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Refuses what no store would keep of a person's request, before anything is written.</summary>
internal static class OperationLimits
{
    private const int NameLength = 128;
    private const int ActorLength = 256;
    private const int ReasonLength = 1_024;

    public static void CheckName(string name, string parameter) => CheckText(name, NameLength, parameter);

    public static void CheckPage(int limit) => CheckRange(limit, 1_000, nameof(limit));

    public static void CheckWho(string actor, string reason)
    {
        CheckText(actor, ActorLength, nameof(actor));
        CheckText(reason, ReasonLength, nameof(reason));
    }

    public static void Check(JobFilter filter, JobBulkOptions options)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(options);
        CheckWho(options.Actor, options.Reason);
        CheckRange(options.Max, 100_000, nameof(options.Max));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Stagger, TimeSpan.Zero);
    }

    public static void Check(JobKindLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        CheckRange(limits.MaxRunning ?? 1, int.MaxValue, nameof(limits.MaxRunning));
        CheckRange(limits.MaxRunningPerKey ?? 1, int.MaxValue, nameof(limits.MaxRunningPerKey));
        if (limits.Rate is { } rate)
        {
            CheckRange(rate.Starts, int.MaxValue, nameof(rate.Starts));
            ArgumentOutOfRangeException.ThrowIfLessThan(rate.Per, TimeSpan.FromMilliseconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(rate.Per, TimeSpan.FromDays(1));
        }
    }

    public static void Check(JobRetention retention, int max)
    {
        ArgumentNullException.ThrowIfNull(retention);
        CheckRange(max, 10_000, nameof(max));
        ArgumentOutOfRangeException.ThrowIfLessThan(retention.Ended ?? TimeSpan.Zero, TimeSpan.Zero, nameof(retention.Ended));
        ArgumentOutOfRangeException.ThrowIfLessThan(retention.Failed ?? TimeSpan.Zero, TimeSpan.Zero, nameof(retention.Failed));
        ArgumentOutOfRangeException.ThrowIfNegative(retention.MaxCount ?? 0, nameof(retention.MaxCount));
    }

    private static void CheckRange(int value, int atMost, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, atMost, name);
    }

    private static void CheckText(string text, int atMost, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length == 0 || text.Length > atMost)
        {
            throw new ArgumentException($"{name} has {text.Length} characters; 1 to {atMost} are allowed.", name);
        }
    }
}
