using System.Data.Common;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class EfJobStore<TContext>
{
    public async Task<IReadOnlyList<CompletionResult>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completions);
        if (completions.FirstOrDefault(completion => completion.State == JobState.Running) is { } running)
        {
            throw new ArgumentException($"The completion of {running.Lease.JobId} says Running. A completion is an end, or Queued for a retry.", nameof(completions));
        }

        if (completions.Count == 0)
        {
            return [];
        }

        if (AreApart(completions))
        {
            if (completions.All(IsPlainSuccess))
            {
                return await SucceedAsync(completions, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                return await CompleteTogetherAsync(completions, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsAboutAnEffect(exception, completions) && !cancellationToken.IsCancellationRequested)
            {
                // One of the effects can't be applied: alone, each completion shows whether it is its own.
            }
        }

        var results = new List<CompletionResult>(completions.Count);
        foreach (var completion in completions)
        {
            results.Add(await CompleteAloneAsync(completion, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    private async Task<CompletionResult> CompleteAloneAsync(JobCompletion completion, CancellationToken cancellationToken)
    {
        try
        {
            return (await CompleteTogetherAsync([completion], cancellationToken).ConfigureAwait(false))[0];
        }
        catch (Exception exception) when (IsAboutAnEffect(exception, [completion]) && !cancellationToken.IsCancellationRequested)
        {
            return new CompletionResult(CompletionStatus.Refused, $"An effect could not be applied: {exception.GetType().Name}: {exception.GetBaseException().Message}");
        }
    }

    private async Task<CompletionResult[]> CompleteTogetherAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        var hasEffects = completions.Any(completion => completion.Effects.Count > 0);
        var (results, enqueued) = await sessions.WriteAsync(session => CompleteAsync(session, completions), cancellationToken, alone: hasEffects).ConfigureAwait(false);
        SetSignal(enqueued);
        return results;
    }

    private async Task<(CompletionResult[] Results, bool Enqueued)> CompleteAsync(StoreSession session, IReadOnlyList<JobCompletion> completions)
    {
        var unknown = completions.Select(effects.WhyUnknown).ToArray();
        var written = await WriteOutcomesAsync(session, completions.Where((_, index) => unknown[index] is null)).ConfigureAwait(false);
        var held = await FindHeldAsync(session, completions.Where((_, index) => unknown[index] is not null)).ConfigureAwait(false);
        var applied = new List<(JobCompletion, EndedJob)>(written.Count);
        var results = new CompletionResult[completions.Count];
        for (var i = 0; i < completions.Count; i++)
        {
            var completion = completions[i];
            if (unknown[i] is { } why)
            {
                results[i] = held.Contains(completion.Lease) ? new CompletionResult(CompletionStatus.Refused, why) : new CompletionResult(CompletionStatus.LeaseLost);
            }
            else if (written.Remove(completion.Lease, out var job))
            {
                applied.Add((completion, job));
            }
            else
            {
                results[i] = new CompletionResult(CompletionStatus.LeaseLost);
            }
        }

        await JobTallies.AddAsync(session, [.. applied.Select(pair => pair.Item2)]).ConfigureAwait(false);
        return (results, await effects.ApplyAsync(session, applied, timeProvider).ConfigureAwait(false));
    }

    private static async Task<Dictionary<JobLease, EndedJob>> WriteOutcomesAsync(StoreSession session, IEnumerable<JobCompletion> completions)
    {
        var rows = JobSql.Outcomes();
        foreach (var completion in completions)
        {
            rows.Add(
                completion.Lease.JobId.Value, completion.Lease.Token, StoredText.Clean(completion.Result), (int)completion.State,
                JobRow.Microseconds(completion.RetryDelay), StoredText.Clean(completion.Error, StoredText.ErrorLength),
                StoredText.Clean(completion.ErrorType, StoredText.ErrorTypeLength));
        }

        return rows.Count == 0
            ? []
            : (await ByKey(session, sql => sql.Complete).With(rows).ReadAsync(row => (Lease: new JobLease(new JobId(row.Id(0)), row.Long(7)), Job: EndedJob.Read(row))).ConfigureAwait(false))
                .ToDictionary(row => row.Lease, row => row.Job);
    }

    private static async Task<HashSet<JobLease>> FindHeldAsync(StoreSession session, IEnumerable<JobCompletion> completions)
    {
        var rows = RowsOf([.. completions.Select(completion => completion.Lease)]);
        return rows.Count == 0
            ? []
            : [.. await ByKey(session, sql => sql.AreHeld).With(rows).ReadAsync(JobRow.ReadLease).ConfigureAwait(false)];
    }

    /// <summary>Tells a failure of an effect, which repetition would not mend, from one of the database.</summary>
    private bool IsAboutAnEffect(Exception exception, IEnumerable<JobCompletion> completions)
    {
        // EF Core wraps what databases throw, so the whole chain is asked.
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is OperationCanceledException or IOException or TimeoutException || (cause is DbException database && sessions.IsOutage(database)))
            {
                return false;
            }
        }

        return completions.Any(completion => completion.Effects.Count > 0);
    }
}
