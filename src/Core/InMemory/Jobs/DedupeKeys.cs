using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Knows which job bears a dedupe key: the unfinished one, or an ended one that keeps it for a time.</summary>
internal sealed class DedupeKeys
{
    private readonly Dictionary<(string Kind, string Key), JobId> _unfinished = [];
    private readonly Dictionary<(string Kind, string Key), Job> _held = [];

    public JobId? FindUnfinished(string kind, string? key) =>
        key is not null && _unfinished.TryGetValue((kind, key), out var id) ? id : null;

    public JobId? Find(string kind, string? key, DateTimeOffset now) =>
        FindUnfinished(kind, key) ?? (key is not null && _held.TryGetValue((kind, key), out var job) && job.DedupeUntil > now ? job.Id : null);

    public void Take(Job job)
    {
        if (job.DedupeKey is { } key)
        {
            _unfinished.Add((job.Kind, key), job.Id);
            if (job.DedupeUntil is not null)
            {
                _held[(job.Kind, key)] = job;
            }
        }
    }

    /// <summary>Says that a job has ended; for how long it keeps the key is settled already.</summary>
    public void End(Job job)
    {
        if (job.DedupeKey is { } key && FindUnfinished(job.Kind, key) == job.Id)
        {
            _unfinished.Remove((job.Kind, key));
        }
    }

    /// <summary>Says that a job is gone, and its key with it.</summary>
    public void Remove(Job job)
    {
        End(job);
        if (job.DedupeKey is { } key && _held.TryGetValue((job.Kind, key), out var holder) && holder.Id == job.Id)
        {
            _held.Remove((job.Kind, key));
        }
    }
}
