using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>What the trigger saw: every write of every job, in order.</summary>
internal static class AuditRules
{
    public static IEnumerable<Violation> Check(RunHistory history) => history.Audit.GroupBy(row => row.Job).SelectMany(CheckJob);

    private static IEnumerable<Violation> CheckJob(IGrouping<string, AuditRow> rows)
    {
        RowState? last = null;
        foreach (var row in rows.OrderBy(row => row.Order))
        {
            if (last is not null && row.Before != last)
            {
                yield return new Violation(Rules.LegalSteps, $"{row.Job} changed between {last} and {row.Before}, and nobody wrote it");
            }

            foreach (var violation in CheckStep(row))
            {
                yield return violation;
            }

            last = row.After;
        }
    }

    private static IEnumerable<Violation> CheckStep(AuditRow row)
    {
        if (row.After is not { } after)
        {
            yield return new Violation(Rules.AcceptedIsStored, $"{row.Job} was deleted");
            yield break;
        }

        if (row.Before is not { } before)
        {
            if ((after.State, after.Token, after.Attempt) != (States.Queued, 0, 0))
            {
                yield return new Violation(Rules.LegalSteps, $"{row.Job} began as {after}");
            }

            yield break;
        }

        if (States.IsEnd(before.State))
        {
            yield return new Violation(Rules.OneResult, $"{row.Job} had ended and changed: {before} to {after}");
        }

        if (!IsLegal(before.State, after.State))
        {
            yield return new Violation(Rules.LegalSteps, $"{row.Job} went from {before.State} to {after.State}");
        }

        foreach (var violation in CheckToken(row.Job, before, after).Concat(CheckAttempt(row.Job, before, after)))
        {
            yield return violation;
        }
    }

    private static bool IsLegal(int before, int after) => (before, after) switch
    {
        (States.Queued, States.Queued or States.Running or States.Cancelled) => true,
        (States.Running, _) => true,
        _ => States.IsEnd(before),
    };

    private static IEnumerable<Violation> CheckToken(string job, RowState before, RowState after)
    {
        var claimed = after.State == States.Running && (before.State != States.Running || before.Owner != after.Owner);
        if (after.Token < before.Token || (claimed && after.Token == before.Token))
        {
            yield return new Violation(Rules.TokensRise, $"{job} went from token {before.Token} of {before.Owner} to {after.Token} of {after.Owner}");
        }

        // A result under a raised token would be one that nobody holding the lease had written; only a lost last attempt ends so.
        if (States.IsEnd(after.State) && after.State != States.DeadLetter && before.State == States.Running && after.Token != before.Token)
        {
            yield return new Violation(Rules.FencedWrites, $"{job} got its end {after.State} while its token went from {before.Token} to {after.Token}");
        }

        if (States.IsEnd(after.State) != (after.FinishedAt is not null))
        {
            yield return new Violation(Rules.OneResult, $"{job} is in state {after.State} and its end is '{after.FinishedAt}'");
        }
    }

    private static IEnumerable<Violation> CheckAttempt(string job, RowState before, RowState after)
    {
        var released = before.State == States.Running && after.State is States.Queued or States.Cancelled && after.Token == before.Token;
        if (after.Attempt < before.Attempt && !(released && after.Attempt == before.Attempt - 1))
        {
            yield return new Violation(Rules.AttemptsWithinBounds, $"{job} went from attempt {before.Attempt} to {after.Attempt} by {before} to {after}");
        }
        else if (after.Attempt > before.Attempt + 1)
        {
            yield return new Violation(Rules.AttemptsWithinBounds, $"{job} went from attempt {before.Attempt} to {after.Attempt} at once");
        }
    }
}
