using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Keeps the workers in the database of a context.</summary>
internal sealed class EfNodeRegistry<TContext>(StoreSessions<TContext> sessions) : INodeRegistry
    where TContext : DbContext
{
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);

    public Task HeartbeatAsync(JobNode node, CancellationToken cancellationToken)
    {
        OperationRules.Check(node);
        return sessions.CommandAsync(
            session => session.Command(HeartbeatSql(session.Dialect))
                .With("forgotten", SqlType.BigNumber, -JobRow.Microseconds(ForgottenAfter))
                .With("name", SqlType.Text, node.Name)
                .With("version", SqlType.Text, node.Version)
                .With("kinds", SqlType.Text, StoredJson.Write(node.Kinds))
                .With("concurrency", SqlType.Number, node.Concurrency)
                .With("running", SqlType.Number, node.Running)
                .With("buffered", SqlType.Number, node.Buffered)
                .ExecuteAsync(),
            cancellationToken);
    }

    public Task LeaveAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return sessions.CommandAsync(
            session => session.Command($"delete from {session.Dialect.Table("job_nodes")} where name = @name").With("name", SqlType.Text, StoredText.Clean(name)).ExecuteAsync(),
            cancellationToken);
    }

    public async Task<IReadOnlyList<JobNode>> ListAsync(CancellationToken cancellationToken)
    {
        var nodes = await sessions.StatementAsync(
            session => session.Command($"select name, version, kinds, concurrency, running, buffered, started_at, seen_at from {session.Dialect.Table("job_nodes")}").ReadAsync(Read),
            cancellationToken).ConfigureAwait(false);
        return [.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal)];
    }

    // The forgotten go first: a worker that comes back after a day, under the same name, is a new one.
    private static string HeartbeatSql(SwitchyardDialect dialect) => $"""
        delete from {dialect.Table("job_nodes")} where seen_at < {dialect.Plus(dialect.Now, "@forgotten")};
        insert into {dialect.Table("job_nodes")} (name, version, kinds, concurrency, running, buffered, started_at, seen_at)
        values (@name, @version, @kinds, @concurrency, @running, @buffered, {dialect.Now}, {dialect.Now})
        on conflict (name) do update set version = excluded.version, kinds = excluded.kinds, concurrency = excluded.concurrency,
          running = excluded.running, buffered = excluded.buffered, seen_at = excluded.seen_at
        """;

    private static JobNode Read(SqlReader row) => new()
    {
        Name = row.Text(0),
        Version = row.Text(1),
        Kinds = StoredJson.ReadTexts(row.Text(2)),
        Concurrency = row.Integer(3),
        Running = row.Integer(4),
        Buffered = row.Integer(5),
        StartedAt = row.Instant(6),
        SeenAt = row.Instant(7),
    };
}
