using Switchyard.Simulation.Checking;
using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Tests;

/// <summary>The checker accepts a history in which nothing is wrong, and sees what is when one thing in it is spoilt.</summary>
public sealed class CheckerTests
{
    private static readonly Dictionary<string, (string Rule, Action<Story> Spoil)> Spoilt = new()
    {
        ["token not raised"] = ("a claim is stored", story => story.Grant = story.Grant with { Ticket = new Ticket(0, 0) }),
        ["lease too long"] = ("a claim lasts for the lease", story => story.Claimed = row => row with { LeaseEnds = row.LeaseEnds + Story.At(1) }),
        ["attempt not counted"] = ("an attempt is a start, and nothing else", story => story.Claimed = row => row with { Attempt = 0 }),
        ["attempt misnamed"] = ("an attempt is a start, and nothing else", story => story.Grant = story.Grant with { Attempt = 2 }),
        ["too many attempts"] = ("no more attempts than allowed", story => story.Queued = story.Queued with { MaxAttempts = 0 }),
        ["claimed too early"] = ("nothing is claimed before it is due", story => story.Queued = story.Queued with { DueAt = Story.At(9) }),
        ["due at another time"] = ("a job is due when it was said", story => story.Queued = story.Queued with { DueAt = Story.At(1.5) }),
        ["stored with another priority"] = ("what is accepted is stored", story => story.Queued = story.Queued with { Priority = 7 }),
        ["accepted and not stored"] = ("what is accepted is stored", story => story.AtLast(history => history.Final.Clear())),
        ["rewritten"] = ("what was asked for stays as it is", story => story.Completed = row => row with { Payload = "1" }),
        ["end without a date"] = ("an end is dated once", story => story.Completed = row => row with { FinishedAt = null }),
        ["result of another run"] = ("an outcome is that of its run", story => story.Completed = row => row with { Result = "7" }),
        ["completed before the run ended"] = ("an outcome is that of its run", story => story.RunEnds = Story.At(4)),
        ["success of a run that failed"] = ("an outcome is that of its run", story => story.End = RunEnd.Failed),
        ["held lease refused"] = ("a stale token writes nothing", story => story.Status = "LeaseLost"),
        ["run without a claim"] = ("no handler starts without a live lease", story => story.IsHeard = false),
        ["run for ever"] = ("a handler is cancelled before its lease runs out", story => story.RunEnds = null),
        ["loop broken"] = ("no loop of the kernel ends by itself", story => story.Life.BrokenBy = "a bug"),
        ["claim after the stop"] = ("claims stop at once", story => story.Life.StoppingAt = Story.At(1.5)),
        ["end changed"] = ("an end never changes", story => story.AtLast(history => Story.Add(history, story.NewCall("claim", 5), new Change(0, history.Final[0], history.Final[0] with { State = RowState.Failed })))),
        ["follow-up missing"] = ("a follow-up comes once, with every end but success", story => story.AtLast(history => history.Final[0] = history.Final[0] with { State = RowState.Failed, FollowUpKind = "child" })),
        ["effect of nothing"] = ("effects are applied with the completion, once, or not at all", story => story.AtLast(history => history.Executions[^1].Changes = [.. history.Executions[^1].Changes, new Change(1, null, story.Queued with { Root = 1 })])),
        ["run twice"] = ("a claim is run once", story => story.AtLast(history => history.Runs.Add(history.Runs[0]))),
        ["stale renewal granted"] = ("a stale token writes nothing", story => story.AtLast(history => Story.Add(history, story.NewCall("renew", 5, new Ticket(0, 1))).Held.Add(new Ticket(0, 1)))),
        ["hammered store"] = ("a store that fails is not hammered", story => story.AtLast(history => history.Calls.AddRange([story.NewCall("claim", 6), story.NewCall("claim", 6.5)]))),
    };

    public static TheoryData<string> Names() => [.. Spoilt.Keys];

    [Fact]
    public void Nothing_is_wrong_in_a_good_history() => Assert.Empty(Checker.Judge(new Story().Tell()));

    [Theory]
    [MemberData(nameof(Names))]
    public void Spoilt_history_is_found_out(string name)
    {
        var story = new Story();
        Spoilt[name].Spoil(story);

        var broken = Checker.Judge(story.Tell()).Select(violation => violation.Rule);

        Assert.Contains(Spoilt[name].Rule, broken);
    }
}
