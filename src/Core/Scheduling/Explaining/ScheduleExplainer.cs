using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Explaining;

/// <summary>Explains what a schedule did: its definitions say what was expected, the ledger what was decided, the executions what came of it.</summary>
internal sealed class ScheduleExplainer(AccountAccess access, IRecurrenceStore recurrences, IExecutionStore executions)
{
    private const int MostInstants = 1000;
    private const int PageSize = 1000;
    private const int MostPages = 10;

    public async Task<ExplainResult> ExplainAsync(string subject, Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (schedule, refusal) = await access.ScheduleAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if ((refusal ?? Check(from, to)) is { } why)
        {
            return new ExplainResult.Refused(why);
        }

        var now = (await recurrences.GetBacklogAsync(cancellationToken).ConfigureAwait(false)).Now;
        var definitions = await recurrences.ListRevisionsAsync(id, from, to, cancellationToken).ConfigureAwait(false);
        if (definitions.Count == 0)
        {
            // It was made after all of that time: its first definition tells what it would have done.
            definitions = [.. (await recurrences.ListRevisionsAsync(id, schedule!.CreatedAt, now, cancellationToken).ConfigureAwait(false)).Take(1)];
        }

        var expected = ExpectedInstants.Of(definitions, schedule!.CreatedAt, from, to).Take(MostInstants + 1).ToArray();
        var end = expected.Length > MostInstants ? expected[MostInstants - 1].At : to;

        // Up to now, since what was coalesced last may have been so into a later one.
        var ledger = await recurrences.ListOccurrencesAsync(id, from, now > end ? now : end, 2 * MostInstants, cancellationToken).ConfigureAwait(false);
        var story = new LedgerStory(schedule.Recurrence, ledger, await ListExecutionsAsync(id, from, end, cancellationToken).ConfigureAwait(false), now);
        var told = expected.Take(MostInstants).Select(story.Of).ToArray();
        return new ExplainResult.Explained(new()
        {
            ScheduleId = id,
            From = from,
            To = to,
            Now = now,
            Instants = [.. told.Concat(story.Unexpected(end, [.. told.Select(instant => instant.At)])).OrderBy(instant => instant.At)],
            CutAfter = expected.Length > MostInstants ? end : null,
        });
    }

    private static SchedulingRefusal? Check(DateTimeOffset from, DateTimeOffset to)
    {
        var problems = new ProblemList();
        problems.AddUnless(from <= to, "to", "must not be before from");
        return problems.ToRefusal();
    }

    // Newest first, so that where there are more than are looked at, those of the latest instants are there.
    private async Task<ILookup<DateTimeOffset, Execution>> ListExecutionsAsync(Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var all = new List<Execution>();
        for (var page = 0; page < MostPages; page++)
        {
            var query = new ExecutionQuery { ScheduleId = id, From = from, To = to, Skip = page * PageSize, Limit = PageSize };
            var found = await executions.ListAsync(query, cancellationToken).ConfigureAwait(false);
            all.AddRange(found.Items.Where(execution => execution.Trigger != ExecutionTrigger.Manual));
            if (found.Items.Count < PageSize)
            {
                break;
            }
        }

        return all.OrderBy(execution => execution.WebhookId).ThenBy(execution => execution.Attempt).ToLookup(execution => execution.ScheduledAt);
    }
}
