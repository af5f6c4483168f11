using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class EfJobStore<TContext>
{
    /// <summary>Tells a completion that nothing can follow from, neither effects nor follow-ups: most of them.</summary>
    private static bool IsPlainSuccess(JobCompletion completion) => completion.State == JobState.Succeeded && completion.Effects.Count == 0
        && completion.Error is null && completion.ErrorType is null;

    private static bool AreApart(IReadOnlyList<JobCompletion> completions)
    {
        var leases = new HashSet<JobLease>(completions.Count);
        foreach (var completion in completions)
        {
            if (!leases.Add(completion.Lease))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes plain successes: one statement that is a transaction by itself, where the dialect counts them in it.</summary>
    private async Task<IReadOnlyList<CompletionResult>> SucceedAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        var rows = RowsOf(completions);
        var held = await (Dialect.WritesInWith
            ? sessions.StatementAsync(session => SucceedAsync(session, rows), cancellationToken, writes: true)
            : sessions.WriteAsync(session => SucceedAsync(session, rows), cancellationToken)).ConfigureAwait(false);
        var results = new CompletionResult[completions.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = new CompletionResult(held.Contains(completions[i].Lease) ? CompletionStatus.Applied : CompletionStatus.LeaseLost);
        }

        return results;
    }

    private static async Task<HashSet<JobLease>> SucceedAsync(StoreSession session, SqlRows rows)
    {
        var command = ByKey(session, sql => sql.Succeed).With(rows);
        if (session.Dialect.WritesInWith)
        {
            return [.. await command.ReadAsync(JobRow.ReadLease).ConfigureAwait(false)];
        }

        var ended = await command.ReadAsync(row => (Lease: JobRow.ReadLease(row), Kind: row.Text(2))).ConfigureAwait(false);
        await JobTallies.AddAsync(session, ended.CountBy(job => job.Kind).Select(count => KeyValuePair.Create((count.Key, JobState.Succeeded), (long)count.Value))).ConfigureAwait(false);
        return [.. ended.Select(job => job.Lease)];
    }

    private static SqlRows RowsOf(IReadOnlyList<JobCompletion> completions)
    {
        var (ids, tokens, outputs) = (new Guid[completions.Count], new long[completions.Count], new string?[completions.Count]);
        for (var i = 0; i < ids.Length; i++)
        {
            var completion = completions[i];
            (ids[i], tokens[i], outputs[i]) = (completion.Lease.JobId.Value, completion.Lease.Token, StoredText.Clean(completion.Result));
        }

        return JobSql.Successes().Set(ids, tokens, outputs);
    }
}
