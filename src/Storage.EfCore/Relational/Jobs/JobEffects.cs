using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Applies the effects of completions, in order.</summary>
/// <remarks>
/// A batch is written by few statements: records of one kind are applied together, and the requests between them are enqueued together
/// after them. Where kinds alternate, each run is applied before the next begins.
/// </remarks>
internal sealed class JobEffects(IEnumerable<IEffectApplier> appliers)
{
    private readonly IEffectApplier[] _appliers = [.. appliers];

    /// <summary>Says why an effect can't be applied by this store, or gives <see langword="null"/>.</summary>
    public string? WhyUnknown(JobCompletion completion)
    {
        var unknown = completion.Effects.FirstOrDefault(effect => effect is not JobRequest && Find(effect) is null);
        return unknown is null
            ? null
            : $"This store doesn't know effects of the type {unknown.GetType().Name}. Return records of Switchyard's features, or derive yours from EfEffect<TContext> with the context of UseEfCore<TContext>().";
    }

    /// <summary>Applies effects of completions that have just been written, then enqueues the follow-ups.</summary>
    /// <returns>Whether anything was enqueued.</returns>
    public async Task<bool> ApplyAsync(StoreSession session, IEnumerable<(JobCompletion Completion, EndedJob Job)> written, TimeProvider timeProvider)
    {
        var requests = new List<JobRequest>();
        var run = new List<JobEffect>();
        IEffectApplier? runs = null;
        var enqueued = false;
        foreach (var (completion, job) in written)
        {
            foreach (var effect in completion.Effects)
            {
                if (effect is JobRequest request)
                {
                    JobRequestRules.Check(request);
                    requests.Add(request with { RootId = request.RootId ?? job.RootId, ParentId = request.ParentId ?? job.Id });
                    continue;
                }

                if (Find(effect)! is var applier && applier != runs)
                {
                    await FlushAsync(session, runs, run).ConfigureAwait(false);
                    enqueued |= await FlushAsync(session, requests).ConfigureAwait(false);
                    runs = applier;
                }

                run.Add(effect);
            }

            if (job.FollowUp(timeProvider) is { } followUp)
            {
                requests.Add(followUp);
            }
        }

        await FlushAsync(session, runs, run).ConfigureAwait(false);
        return enqueued | await FlushAsync(session, requests).ConfigureAwait(false);
    }

    private static async Task FlushAsync(StoreSession session, IEffectApplier? applier, List<JobEffect> run)
    {
        if (run.Count > 0)
        {
            await applier!.ApplyAllAsync(session, run).ConfigureAwait(false);
            run.Clear();
        }
    }

    private static async Task<bool> FlushAsync(StoreSession session, List<JobRequest> requests)
    {
        if (requests.Count == 0)
        {
            return false;
        }

        await JobInserts.EnqueueAsync(session, requests).ConfigureAwait(false);
        requests.Clear();
        return true;
    }

    private IEffectApplier? Find(JobEffect effect) => Array.Find(_appliers, applier => applier.Knows(effect));
}
