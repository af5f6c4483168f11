using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Keeps what handlers report in the database of a context.</summary>
internal sealed class EfJobJournal<TContext>(StoreSessions<TContext> sessions) : IJobJournal
    where TContext : DbContext
{
    private static readonly SqlColumn[] EntryColumns =
    [
        new("p_id", SqlType.Id), new("p_token", SqlType.BigNumber), new("p_attempt", SqlType.Number), new("p_percent", SqlType.Text),
        new("p_message", SqlType.Text), new("p_lines", SqlType.Text),
    ];

    public Task WriteAsync(IReadOnlyList<JobJournalEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
        {
            return Task.CompletedTask;
        }

        // In the order of the keys, so that two writers never wait for each other; the last entry of a lease stands.
        var rows = NewRows();
        foreach (var entry in entries.GroupBy(entry => entry.Lease).Select(lease => lease.Last()).OrderBy(entry => entry.Lease.JobId.Value))
        {
            rows.Add(
                entry.Lease.JobId.Value, entry.Lease.Token, entry.Attempt, entry.Percent?.ToString("R", CultureInfo.InvariantCulture),
                StoredText.Clean(entry.Message), JournalLines.Write(entry.Lines));
        }

        return sessions.CommandAsync(session => session.Command(WriteSql(session.Dialect)).With(rows).ExecuteAsync(), cancellationToken);
    }

    public async Task<JobJournalEntry?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        (await sessions.StatementAsync(
            session => session.Command(FindSql(session.Dialect)).With("id", SqlType.Id, id.Value).ReadAsync(Read),
            cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    internal static SqlRows NewRows() => new("entries", EntryColumns);

    /// <remarks>Only the current token of an unfinished job gets through the join, so that of one job at most one entry does.</remarks>
    internal static string WriteSql(SwitchyardDialect dialect) => $"""
        insert into {dialect.Table("job_journals")} as n (job_id, token, attempt, percent, message, lines, written_at)
        select p_id, p_token, p_attempt, cast(p_percent as double precision), p_message, p_lines, {dialect.Now}
        from {dialect.RowsSource(NewRows())}, {dialect.Table("jobs")}
        where id = p_id and lease_token = p_token and lease_owner is not null and finished_at is null
        order by p_ord
        on conflict (job_id) do update set token = excluded.token, attempt = excluded.attempt, percent = excluded.percent,
          message = excluded.message, lines = excluded.lines, written_at = excluded.written_at
        where excluded.token >= n.token
        """;

    // Joined with the job: an entry that was under way while its job was removed is never seen.
    private static string FindSql(SwitchyardDialect dialect) => $"""
        select n.job_id, n.token, n.attempt, n.percent, n.message, n.lines, n.written_at
        from {dialect.Table("job_journals")} n join {dialect.Table("jobs")} j on j.id = n.job_id where n.job_id = @id
        """;

    private static JobJournalEntry Read(SqlReader row) => new()
    {
        Lease = new JobLease(new JobId(row.Id(0)), row.Long(1)),
        Attempt = row.Integer(2),
        Percent = row.DoubleOrNull(3),
        Message = row.TextOrNull(4),
        Lines = JournalLines.Read(row.Text(5)),
        WrittenAt = row.Instant(6),
    };
}
