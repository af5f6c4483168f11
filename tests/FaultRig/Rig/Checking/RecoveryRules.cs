using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>What a dead process leaves behind is run again within lease, poll and the slack of a busy machine.</summary>
internal static class RecoveryRules
{
    public static IEnumerable<Violation> Check(RunHistory history)
    {
        var settings = history.Settings;
        var bound = settings.Lease + settings.Poll + Recovery.Slack(history);
        return Recovery.All(history)
            .Where(recovery => recovery.Served > (recovery.Disturbed ? bound + Recovery.Backoff : bound))
            .Select(recovery => new Violation(Rules.OrphansRunAgain, $"{recovery.Job} waited {recovery.Took.TotalSeconds:F1} s, {recovery.Served.TotalSeconds:F1} s of it with a worker up{(recovery.Disturbed ? ", the store having been away" : "")}"));
    }
}
