using Switchyard.FaultRig.Checking;
using Switchyard.FaultRig.History;
using static Switchyard.FaultRig.Tests.Checking.ValidHistory;

namespace Switchyard.FaultRig.Tests.Checking;

/// <summary>Histories that are wrong in one respect each, and the rule that must find it.</summary>
internal static class PlantedFaults
{
    public static IReadOnlyList<(string Name, string Rule, Func<RunHistory, RunHistory> Plant)> All { get; } =
    [
        ("a job that was accepted is missing", Rules.AcceptedIsStored, history => history with { Jobs = Without(history.Jobs, job => job.Id == "a") }),
        ("a job is deleted", Rules.AcceptedIsStored, history => Then(history, new AuditRow(0, At(95), "a", new(2, 1, null, 1, "then"), null))),
        ("a job without its neighbour's row", Rules.OneTransaction, history => history with { Orders = [] }),
        ("a neighbour's row without its job", Rules.OneTransaction, history => history with { Orders = ["o", "o2"] }),
        ("a job that never ended", Rules.EndsAsExpected, history => history with { CameToRest = false }),
        ("a dead letter that was no poison", Rules.EndsAsExpected, history => Change(history, "slow", job => job with { State = States.DeadLetter })),
        ("a poison that ended early", Rules.EndsAsExpected, history => Change(history, "p", job => job with { Attempt = 2 })),
        ("an effect twice", Rules.EffectsOnce, history => history with { Effects = [.. history.Effects, history.Effects[0]] }),
        ("no effect", Rules.EffectsOnce, history => history with { Effects = [.. history.Effects.Skip(1)] }),
        ("an effect of a zombie", Rules.EffectsOnce, history => history with { Effects = [.. history.Effects.Select(effect => effect.Job == "slow" ? new EffectRow("slow", 1, "node0-1") : effect)] }),
        ("an effect of a job that isn't there", Rules.EffectsOnce, history => history with { Effects = [.. history.Effects, new EffectRow("z", 1, "node0-1")] }),
        ("a follow-up twice", Rules.FollowUpsOnce, history => history with { Jobs = [.. history.Jobs, new JobRow("c2", "link", 2, 1, 30, 1, "c")] }),
        ("no follow-up of a failure", Rules.FollowUpsOnce, history => Change(history, "p1", job => job with { Parent = null })),
        ("a claim that doesn't raise the token", Rules.TokensRise, history => Rewrite(history, "c", row => row.After is { State: 1 } ? row with { After = row.After with { Token = 0 } } : row)),
        ("a token that falls", Rules.TokensRise, history => Rewrite(history, "slow", row => row.After is { State: 1, Token: 3 } ? row with { After = row.After with { Token = 1 } } : row)),
        ("two runs under one token", Rules.OneRunPerToken, history => Live(history, "node2-2", life => life with { Events = [.. life.Events, Line(25, "start", "slow", "1", "1")] })),
        ("an end that changes", Rules.OneResult, history => Then(history, new AuditRow(0, At(95), "a", new(2, 1, null, 1, "then"), new(0, 1, null, 1, null)))),
        ("an end that is dated twice", Rules.OneResult, history => Then(history, new AuditRow(0, At(95), "a", new(2, 1, null, 1, "then"), new(2, 1, null, 1, "later")))),
        ("an end without a date", Rules.OneResult, history => Rewrite(history, "a", row => row.After is { State: 2 } ? row with { After = row.After with { FinishedAt = null } } : row)),
        ("a result without the lease", Rules.FencedWrites, history => Rewrite(history, "a", row => row.After is { State: 2 } ? row with { After = row.After with { Token = 2 } } : row)),
        ("a result of a run that hadn't ended", Rules.FencedWrites, history => Live(history, "node0-1", life => life with { Events = Without(life.Events, line => line.What == "end") })),
        ("an attempt that is taken back", Rules.AttemptsWithinBounds, history => Rewrite(history, "slow", row => row.After is { State: 1, Token: 3 } ? row with { After = row.After with { Attempt = 0 } } : row)),
        ("two attempts for one", Rules.AttemptsWithinBounds, history => Rewrite(history, "c", row => row.After is { State: 1 } ? row with { After = row.After with { Attempt = 2 } } : row)),
        ("an attempt too many", Rules.AttemptsWithinBounds, history => Live(history, "node2-2", life => life with { Events = [.. life.Events, Line(70, "start", "p", "7", "4")] })),
        ("a change that nobody made", Rules.LegalSteps, history => Rewrite(history, "slow", row => row.After is { State: 1, Token: 3 } ? row with { Before = row.Before! with { Attempt = 0 } } : row)),
        ("success without a run", Rules.LegalSteps, history => Rewrite(history, "a", row => row.After is { State: 2 } ? row with { Before = row.Before! with { State = 0 } } : row)),
        ("an orphan that waits", Rules.OrphansRunAgain, history => Live(history, "node0-1", life => life with { EndedAt = At(9) })),
        ("a stop that leaves a lease", Rules.StopsInOrder, history => Rewrite(history, "slow", row => row.Before is { Token: 1 } ? row with { Before = row.Before with { Owner = "node2-1" } } : row)),
        ("a stop that takes for ever", Rules.StopsInOrder, history => Live(history, "node2-1", life => life with { StopTook = TimeSpan.FromMinutes(1) })),
        ("a process that dies by itself", Rules.NobodyDies, history => Live(history, "node0-1", life => life with { End = LifeEnd.Unexpected })),
        ("poison that holds all others", Rules.OthersFlow,
            history => history with { Audit = [.. Without(history.Audit, row => row.Job is "c" or "c1").Select(row => row is { Job: "slow", After.State: 2 } ? row with { At = At(70) } : row)] }),
        ("a busy loop", Rules.NoBusyLoop, history => Live(history, "node0-1", life => life with { Events = [.. life.Events, .. Enumerable.Range(0, 6).Select(i => Line(15 + i / 100.0, "failed", "claim", "IOException"))] })),
        ("kills of the idle", Rules.LiveKills, history => Live(history, "node0-1", life => life with { EndedAt = At(3.5) })),
        ("no kill at all", Rules.LiveKills, history => history with { Lives = Without(history.Lives, life => life.End == LifeEnd.Killed) }),
        ("a failpoint that never fired", Rules.PointsMet, history => history with { Points = [.. history.Points, "renew.after"] }),
    ];

    private static T[] Without<T>(IEnumerable<T> items, Func<T, bool> which) => [.. items.Where(item => !which(item))];

    private static RunHistory Change(RunHistory history, string job, Func<JobRow, JobRow> change) =>
        history with { Jobs = [.. history.Jobs.Select(row => row.Id == job ? change(row) : row)] };

    private static RunHistory Rewrite(RunHistory history, string job, Func<AuditRow, AuditRow> change) =>
        history with { Audit = [.. history.Audit.Select(row => row.Job == job ? change(row) : row)] };

    private static RunHistory Then(RunHistory history, AuditRow row) => history with { Audit = Ordered([.. history.Audit, row]) };

    private static RunHistory Live(RunHistory history, string name, Func<Life, Life> change) =>
        history with { Lives = [.. history.Lives.Select(life => life.Name == name ? change(life) : life)] };
}
