using Switchyard.Jobs;

namespace Switchyard.Conformance.Jobs.Model;

/// <summary>The rules of <see cref="IJobStore"/> on plain lists: independent of any store, and slow.</summary>
internal sealed class JobStoreModel(DateTimeOffset start)
{
    public DateTimeOffset Now { get; set; } = start;

    public List<ModelJob> Jobs { get; } = [];

    /// <summary>The jobs whose follow-up must have been enqueued, once for each.</summary>
    public List<JobId> FollowUps { get; } = [];

    public ModelKind Kind { get; } = new();

    public HashSet<string> Classes { get; } = [];

    public ModelJob? Find(JobId id) => Jobs.Find(job => job.Id == id);

    public ModelJob? FindUnfinished(string? dedupeKey) =>
        dedupeKey is null ? null : Jobs.Find(job => job.IsUnfinished && job.Request.DedupeKey == dedupeKey);

    /// <summary>Whether a job continues or replays this one; its follow-up is of another kind and doesn't count.</summary>
    public bool HasChild(ModelJob job) => Jobs.Exists(other => other.ParentId == job.Id);

    public EnqueueResult Enqueue(JobRequest request)
    {
        var standing = Find(request.Id) ?? FindUnfinished(request.DedupeKey) ?? FindHolder(request.DedupeKey);
        if (standing is not null)
        {
            Classes.Add(standing.IsUnfinished || standing.Id == request.Id ? "enqueue that stood already" : "dedupe key kept for a time");
            return new EnqueueResult(standing.Id, Created: false);
        }

        Add(request);
        return new EnqueueResult(request.Id, Created: true);
    }

    /// <summary>Adds a job, whatever keeps its dedupe key: an enqueue that nothing stands for, or a replay.</summary>
    public void Add(JobRequest request) =>
        Jobs.Add(new ModelJob
        {
            Request = request, CreatedAt = Now, AvailableAt = Now + request.Delay, RootId = request.RootId ?? request.Id, ParentId = request.ParentId,
        });

    private ModelJob? FindHolder(string? dedupeKey) =>
        dedupeKey is null ? null : Jobs.Find(job => job.DedupeUntil > Now && job.Request.DedupeKey == dedupeKey);

    /// <summary>What happens first in every claim.</summary>
    public void TakeBack()
    {
        foreach (var job in Jobs.Where(job => job.State == JobState.Running && job.LeaseUntil <= Now).ToArray())
        {
            Classes.Add(job.Started ? "lease lost" : "lease lost before the start");
            if (job.Started)
            {
                job.LeasesLost++;
                job.ErrorIsTheStores = true;
                job.ErrorType = JobErrorTypes.LeaseLost;
            }

            if (job.Started && job.Attempt >= job.Request.MaxAttempts && !job.CancelRequested)
            {
                Classes.Add("dead letter by lost leases");
                End(job, JobState.DeadLetter);
            }
            else
            {
                Requeue(job);
            }
        }
    }

    public ModelJob[] Due() =>
        [.. Jobs.Where(job => job.State == JobState.Queued && job.AvailableAt <= Now)
            .OrderByDescending(job => job.Request.Priority).ThenBy(job => job.AvailableAt).ThenBy(job => job.Id.Value)];

    /// <summary>What a claim of so many gets, in order: a suspect that comes first alone, further down none.</summary>
    public ModelJob[] Allowed(int max)
    {
        var running = Jobs.Where(job => job.State == JobState.Running).ToList();
        var room = Math.Min(max, Kind.Room(running.Count, Now));
        var chosen = new List<ModelJob>();
        foreach (var job in Due().TakeWhile(_ => chosen.Count < room))
        {
            var key = job.Request.ConcurrencyKey;
            if (key is not null && running.Concat(chosen).Count(other => other.Request.ConcurrencyKey == key) >= Kind.Limits.MaxRunningPerKey)
            {
                Classes.Add("held back by its key");
            }
            else if (job.LeasesLost == 0)
            {
                chosen.Add(job);
            }
            else if (chosen.Count == 0)
            {
                return [job];
            }
        }

        return [.. chosen];
    }

    public void Complete(ModelJob job, JobCompletion completion)
    {
        job.Result = completion.Result ?? job.Result;
        job.Error = completion.Error ?? job.Error;
        job.ErrorType = completion.ErrorType ?? job.ErrorType;
        job.ErrorIsTheStores &= completion.Error is null;
        job.LeasesLost = 0;
        if (completion.State == JobState.Queued)
        {
            Classes.Add("retry");
            job.AvailableAt = Now + completion.RetryDelay;
            Requeue(job);
        }
        else
        {
            End(job, completion.State);
        }
    }

    public void Requeue(ModelJob job)
    {
        if (job.CancelRequested)
        {
            Classes.Add("requested cancel that ended the job");
            End(job, JobState.Cancelled);
            return;
        }

        (job.State, job.Started, job.Owner, job.LeaseUntil) = (JobState.Queued, false, null, null);
    }

    public void End(ModelJob job, JobState end)
    {
        (job.State, job.Started, job.Owner, job.LeaseUntil, job.FinishedAt) = (end, false, null, null, Now);
        Classes.Add(end.ToString());
        if (end != JobState.Succeeded && job.Request.OnFailure is not null)
        {
            FollowUps.Add(job.Id);
        }
    }

    public TimeSpan? TimeToNext()
    {
        var next = Jobs.Where(job => job.IsUnfinished).Min(job => job.State == JobState.Queued ? (DateTimeOffset?)job.AvailableAt : job.LeaseUntil);
        return next is null ? null : next > Now ? next - Now : TimeSpan.Zero;
    }
}
