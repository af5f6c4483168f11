using System.Runtime.CompilerServices;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Checks what callers of the operations' ports ask for; what breaks a rule is the caller's error.</summary>
internal static class OperationRules
{
    private const int ActorLength = 256;
    private const int ReasonLength = 1024;
    private const int NameLength = 128;
    private const int VersionLength = 128;
    private const int KindLength = 128;
    private const int MostChanged = 100_000;
    private static readonly TimeSpan FarthestStagger = TimeSpan.FromDays(3_650);

    public static void CheckLimit(int limit, int most = 1_000, [CallerArgumentExpression(nameof(limit))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, most, name);
    }

    public static void CheckKind(string kind) => CheckText(kind, nameof(kind), KindLength);

    public static void CheckActor(string actor, string reason)
    {
        CheckText(actor, nameof(actor), ActorLength);
        CheckText(reason, nameof(reason), ReasonLength);
    }

    public static void Check(JobBulkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckText(options.Actor, nameof(options.Actor), ActorLength);
        CheckText(options.Reason, nameof(options.Reason), ReasonLength);
        CheckLimit(options.Max, MostChanged, nameof(options.Max));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Stagger, TimeSpan.Zero, nameof(options.Stagger));

        // No further away than an instant can be stored.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Stagger, FarthestStagger / options.Max, nameof(options.Stagger));
    }

    public static void Check(JobNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        CheckText(node.Name, nameof(node.Name), NameLength);
        CheckText(node.Version, nameof(node.Version), VersionLength);
        ArgumentNullException.ThrowIfNull(node.Kinds, nameof(node.Kinds));
        foreach (var kind in node.Kinds)
        {
            CheckText(kind, nameof(node.Kinds), KindLength);
        }
    }

    public static void Check(JobRetention retention)
    {
        ArgumentNullException.ThrowIfNull(retention);
        ArgumentOutOfRangeException.ThrowIfLessThan(retention.Ended ?? TimeSpan.Zero, TimeSpan.Zero, nameof(retention.Ended));
        ArgumentOutOfRangeException.ThrowIfLessThan(retention.Failed ?? TimeSpan.Zero, TimeSpan.Zero, nameof(retention.Failed));
        ArgumentOutOfRangeException.ThrowIfLessThan(retention.MaxCount ?? 0, 0, nameof(retention.MaxCount));
    }

    private static void CheckText(string? text, string name, int maxLength)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxLength)
        {
            throw new ArgumentException($"{name} has {text?.Length ?? 0} characters; it has at least one and at most {maxLength}.", name);
        }

        if (!StoredText.IsStorable(text))
        {
            throw new ArgumentException($"{name} holds a NUL or half of a surrogate pair, which databases can't store.", name);
        }
    }
}
