using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>Judges a history. It knows rows, journals and what was done, and not a line of what it judges.</summary>
internal static class Checker
{
    public static IReadOnlyList<Violation> Check(RunHistory history) =>
    [
        .. StoredRules.Check(history),
        .. EffectRules.Check(history),
        .. AuditRules.Check(history),
        .. AttemptRules.Check(history),
        .. ProcessRules.Check(history),
        .. RecoveryRules.Check(history),
        .. CoverageRules.Check(history),
    ];
}
