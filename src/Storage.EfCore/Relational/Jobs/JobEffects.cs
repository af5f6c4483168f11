using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Applies the effects of completions, in order; requests that follow one another are enqueued by one statement.</summary>
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

                enqueued |= await FlushAsync(session, requests).ConfigureAwait(false);
                await Find(effect)!.ApplyAsync(session, effect).ConfigureAwait(false);
            }

            if (job.FollowUp(timeProvider) is { } followUp)
            {
                requests.Add(followUp);
            }
        }

        return enqueued | await FlushAsync(session, requests).ConfigureAwait(false);
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
