using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Jobs.Kinds;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Represents a due job that a careful claim has locked and may take.</summary>
internal sealed record DueJob(JobId Id, int Priority, DateTimeOffset AvailableAt, bool IsSuspect, string Kind, string? ConcurrencyKey)
{
    /// <summary>Gets whether no attempt follows the one that the claim is for.</summary>
    public bool IsLastAttempt { get; init; }

    /// <summary>Gets the limits that the job counts against.</summary>
    public KindRoom? Room { get; init; }

    public static DueJob Read(SqlReader row) =>
        new(new JobId(row.Id(0)), row.Integer(1), row.Instant(2), row.Integer(3) > 0, row.Text(4), row.TextOrNull(5))
        {
            IsLastAttempt = row.Integer(6) + 1 >= row.Integer(7),
        };

    /// <summary>Chooses the first in order: those before the first suspect, or that alone where it is the first.</summary>
    public static IReadOnlyList<DueJob> Choose(IEnumerable<DueJob> due, int max)
    {
        DueJob[] first = [.. due.OrderByDescending(job => job.Priority).ThenBy(job => job.AvailableAt).ThenBy(job => job.Id.Value).Take(max)];
        return first is [{ IsSuspect: true }, ..] ? first[..1] : [.. first.TakeWhile(job => !job.IsSuspect)];
    }
}
