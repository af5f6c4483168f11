using Switchyard.Conformance.Jobs.Model;
using Switchyard.Conformance.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    private static readonly string[] Interesting =
    [
        "lease lost", "lease lost before the start", "suspect claimed alone", "dead letter by lost leases", "stale completion", "refused effect",
        "continuation", "retry", "release", "renewal", "renewal of a lost lease", "replay", "enqueue that stood already",
        "cancel: Cancelled", "cancel: Requested", "cancel: AlreadyEnded", "requested cancel that ended the job", "Succeeded", "Failed", "DeadLetter",
        "dedupe key kept for a time", "crash with work in hand", "clock jump", "claim that nobody learned of", "duplicated: Enqueue", "lost reply: Enqueue",
        "duplicated: Complete", "lost reply: Complete", "duplicated: Renew", "lost reply: Renew", "lost reply: Claim",
    ];

    private static readonly string[] InterestingOfOperations =
    [
        "claim of a paused kind", "held back by a limit", "held back by its key", "held back by the rate", "many cancelled", "many replayed", "dry run", "more than the cap",
    ];

    /// <summary>P-LE1 to 4, P-LE6, P-EX1, P-EX2, P-ST1: any history of commands leaves the store as the model says.</summary>
    [Fact]
    public void Any_history_of_commands_leaves_the_store_as_the_model_says() =>
        ConformanceProperty.Holds(
            JobHistory.Generator,
            history => history.Shrink(),
            Fixture is IJobOperationsFixture ? [.. Interesting, .. InterestingOfOperations] : Interesting,
            history => JobStoreMachine.RunAsync(Fixture, history, Cancellation),
            Fixture.PropertyCases);
}
