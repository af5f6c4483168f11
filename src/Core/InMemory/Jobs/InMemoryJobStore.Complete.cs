using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

internal sealed partial class InMemoryJobStore
{
    private const int ErrorLimit = 8_192;
    private const int ErrorTypeLimit = 256;

    /// <inheritdoc/>
    public Task<IReadOnlyList<CompletionResult>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completions);
        if (completions.Any(completion => completion.State == JobState.Running))
        {
            throw new ArgumentException("A completion ends a job or queues it again; it can't be to Running.", nameof(completions));
        }

        return database.WriteAsync<IReadOnlyList<CompletionResult>>(now => [.. completions.Select(completion => Complete(completion, now))], cancellationToken);
    }

    private CompletionResult Complete(JobCompletion completion, DateTimeOffset now)
    {
        if (!database.Jobs.TryGetHeld(completion.Lease, out var row))
        {
            return new CompletionResult(CompletionStatus.LeaseLost);
        }

        var undo = new Stack<Action>();
        foreach (var effect in completion.Effects)
        {
            var outcome = Apply(effect, row.Job, now);
            if (outcome.IsRefused)
            {
                foreach (var step in undo)
                {
                    step();
                }

                return new CompletionResult(CompletionStatus.Refused, outcome.Refusal);
            }

            undo.Push(outcome.Undo);
        }

        Write(row, completion, now);
        return new CompletionResult(CompletionStatus.Applied);
    }

    private EffectOutcome Apply(JobEffect effect, Job job, DateTimeOffset now)
    {
        if (effect is JobRequest request)
        {
            return Continue(request, job, now);
        }

        var applier = Array.Find(_appliers, candidate => candidate.Knows(effect));
        return applier?.Apply(effect, job, now)
            ?? EffectOutcome.Refused($"The in-memory store knows no effect of type {effect.GetType().Name}. Register the feature that it belongs to with UseInMemory().");
    }

    private EffectOutcome Continue(JobRequest request, Job job, DateTimeOffset now)
    {
        try
        {
            JobRequestLimits.Check(request);
        }
        catch (ArgumentException wrong)
        {
            return EffectOutcome.Refused(wrong.Message);
        }

        var result = database.Jobs.Enqueue(request with { RootId = request.RootId ?? job.RootId, ParentId = request.ParentId ?? job.Id }, now);
        return EffectOutcome.Applied(() =>
        {
            if (result.Created)
            {
                database.Jobs.Remove(result.Id);
            }
        });
    }

    private void Write(JobRow row, JobCompletion completion, DateTimeOffset now)
    {
        var failed = completion.Error is not null || completion.ErrorType is not null;
        var job = row.Job with
        {
            Result = completion.Result ?? row.Job.Result,
            LastError = Cut(completion.Error, ErrorLimit) ?? row.Job.LastError,
            ErrorType = failed ? Cut(completion.ErrorType, ErrorTypeLimit) : row.Job.ErrorType,
            LeasesLost = 0,
        };
        if (completion.State == JobState.Queued)
        {
            database.Jobs.Update(row, job with { AvailableAt = InMemoryDatabase.WholeMicroseconds(now + completion.RetryDelay) });
            database.Jobs.Requeue(row, now);
        }
        else
        {
            database.Jobs.Update(row, job);
            database.Jobs.End(row, completion.State, now);
        }
    }

    private static string? Cut(string? text, int atMost) => text is { Length: var length } && length > atMost ? text[..atMost] : text;
}
