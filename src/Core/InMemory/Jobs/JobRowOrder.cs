namespace Switchyard.InMemory.Jobs;

/// <summary>The orders that rows are kept in; the id settles what is equal otherwise.</summary>
internal static class JobRowOrder
{
    /// <summary>As jobs are claimed: priority descending, then due time, then id.</summary>
    public static readonly IComparer<JobRow> Claim = Comparer<JobRow>.Create(
        (x, y) => y.Job.Priority != x.Job.Priority ? y.Job.Priority.CompareTo(x.Job.Priority) : By(x.Job.AvailableAt, y.Job.AvailableAt, x, y));

    /// <summary>By due time.</summary>
    public static readonly IComparer<JobRow> Due = Comparer<JobRow>.Create((x, y) => By(x.Job.AvailableAt, y.Job.AvailableAt, x, y));

    /// <summary>By the end of the lease.</summary>
    public static readonly IComparer<JobRow> Lease = Comparer<JobRow>.Create((x, y) => By(x.Job.LeaseExpiresAt, y.Job.LeaseExpiresAt, x, y));

    /// <summary>By the end of the job.</summary>
    public static readonly IComparer<JobRow> End = Comparer<JobRow>.Create((x, y) => By(x.Job.FinishedAt, y.Job.FinishedAt, x, y));

    private static int By(DateTimeOffset? first, DateTimeOffset? second, JobRow x, JobRow y)
    {
        var byTime = Nullable.Compare(first, second);
        return byTime != 0 ? byTime : x.Job.Id.Value.CompareTo(y.Job.Id.Value);
    }
}
