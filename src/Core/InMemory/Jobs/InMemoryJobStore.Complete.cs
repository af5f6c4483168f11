using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

internal sealed partial class InMemoryJobStore
{
    private const int ErrorLimit = 8192;

    /// <inheritdoc/>
    public Task<IReadOnlyList<CompletionResult>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completions);
        if (completions.Any(completion => completion.State == JobState.Running))
        {
            throw new ArgumentException("A completion ends a job or queues it again; it can't be to Running.", nameof(completions));
        }

        return WriteAsync<IReadOnlyList<CompletionResult>>(now => [.. completions.Select(completion => Complete(completion, now))], cancellationToken);
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
        row.Job = row.Job with
        {
            Result = completion.Result ?? row.Job.Result,
            LastError = completion.Error is { Length: > ErrorLimit } error ? error[..ErrorLimit] : completion.Error ?? row.Job.LastError,
            LeasesLost = 0,
        };
        if (completion.State != JobState.Queued)
        {
            database.Jobs.End(row, completion.State, now);
            return;
        }

        row.Job = row.Job with { AvailableAt = InMemoryDatabase.WholeMicroseconds(now + completion.RetryDelay) };
        database.Jobs.Requeue(row, now);
    }
}
