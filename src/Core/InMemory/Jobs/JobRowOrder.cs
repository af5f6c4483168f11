namespace Switchyard.InMemory.Jobs;

/// <summary>Orders jobs as they are claimed: priority descending, then due time, then id.</summary>
internal sealed class JobRowOrder : IComparer<JobRow>
{
    public static readonly JobRowOrder Instance = new();

    public int Compare(JobRow? x, JobRow? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byPriority = y.Job.Priority.CompareTo(x.Job.Priority);
        if (byPriority != 0)
        {
            return byPriority;
        }

        var byTime = x.Job.AvailableAt.CompareTo(y.Job.AvailableAt);
        return byTime != 0 ? byTime : x.Job.Id.Value.CompareTo(y.Job.Id.Value);
    }
}
