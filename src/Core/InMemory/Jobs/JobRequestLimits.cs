using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Refuses what no store would keep, before anything is written.</summary>
internal static class JobRequestLimits
{
    private const int Kind = 128;
    private const int Key = 256;

    public static void Check(IReadOnlyList<JobRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (requests.Count > 1 && requests.DistinctBy(request => request.Id).Count() < requests.Count)
        {
            throw new ArgumentException("Two requests of one call share an id. Make one id for each job.", nameof(requests));
        }

        foreach (var request in requests)
        {
            Check(request);
        }
    }

    public static void Check(JobRequest request)
    {
        CheckLength(request.Kind, Kind, nameof(request.Kind));
        CheckLength(request.OnFailure?.Kind ?? request.Kind, Kind, nameof(request.OnFailure));
        CheckLength(request.DedupeKey ?? "-", Key, nameof(request.DedupeKey));
        CheckLength(request.ConcurrencyKey ?? "-", Key, nameof(request.ConcurrencyKey));
        ArgumentNullException.ThrowIfNull(request.Payload);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.DedupeFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(request.DedupeFor));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(request.Timeout));
    }

    private static void CheckLength(string value, int atMost, string name)
    {
        if (string.IsNullOrEmpty(value) || value.Length > atMost)
        {
            throw new ArgumentException($"{name} has {value?.Length ?? 0} characters; 1 to {atMost} are allowed.", name);
        }
    }
}
