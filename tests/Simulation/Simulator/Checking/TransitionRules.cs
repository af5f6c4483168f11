using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>States change as they may, ends never do, and a request to cancel stands.</summary>
internal static class TransitionRules
{
    public static IEnumerable<Violation> Check(Course course)
    {
        foreach (var step in course.Steps)
        {
            foreach (var change in step.Execution.Changes)
            {
                if (Wrong(step, change) is { } wrong)
                {
                    yield return step.Breaks(wrong.Rule, change.Job, $"j{change.Job} {wrong.What}: {change.Before} became {change.After}");
                }
            }
        }
    }

    private static (string Rule, string What)? Wrong(Step step, Change change)
    {
        var (before, after) = (change.Before, change.After);
        if (before is { IsFinished: true })
        {
            return ("an end never changes", "had ended");
        }

        if (!IsAllowed(step, before?.State, after.State))
        {
            return ("only legal transitions", "may not go there");
        }

        if (before is not null && after != before with
        {
            State = after.State, Attempt = after.Attempt, Token = after.Token, Owner = after.Owner, LeaseEnds = after.LeaseEnds, DueAt = after.DueAt,
            CancelRequested = after.CancelRequested, FinishedAt = after.FinishedAt, Result = after.Result,
        })
        {
            return ("what was asked for stays as it is", "was rewritten");
        }

        if (after.IsFinished != after.FinishedAt is not null)
        {
            return ("an end is dated once", "has no such date");
        }

        return before is { CancelRequested: true } && (!after.CancelRequested || after.State == RowState.Queued || after.Token > before.Token && after.State == RowState.Running)
            ? ("a request to cancel stands until the end", "goes on")
            : null;
    }

    private static bool IsAllowed(Step step, RowState? before, RowState after) => (step.Operation, before, after) switch
    {
        ("enqueue" or "replay" or "complete", null, RowState.Queued) => true,
        ("claim", null or RowState.Queued, RowState.Running) => true,
        ("claim", RowState.Running, RowState.Running or RowState.Queued or RowState.DeadLetter or RowState.Cancelled) => true,
        ("start" or "renew" or "cancel", RowState.Running, RowState.Running) => true,
        ("cancel", RowState.Queued, RowState.Cancelled) => true,
        ("complete", RowState.Running, not RowState.Running) => true,
        ("release", RowState.Running, RowState.Queued or RowState.Cancelled) => true,
        _ => false,
    };
}
