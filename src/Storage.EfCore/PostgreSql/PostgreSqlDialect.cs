using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Switchyard.Storage.EfCore.PostgreSql;

/// <summary>Writes Switchyard's statements for PostgreSQL: arrays of constant shape, row locks that are passed over, notifications.</summary>
internal sealed class PostgreSqlDialect : SwitchyardDialect
{
    public const string Schema = "switchyard";
    public const string HistoryTable = "__switchyard_migrations";
    public const string Channel = "switchyard_jobs";

    /// <summary>Short enough that a dead connection is noticed before anybody waits for it.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(15);

    public override string Now => "switchyard.switchyard_now()";

    public override string SkipLocked => " for update skip locked";

    public override string ForUpdate => " for update";

    public override string KeepRows => " for key share";

    public override string? Notify => $"select pg_notify('{Channel}', '')";

    public override string? NotifyAlone => $"select set_config('synchronous_commit', 'off', true), pg_notify('{Channel}', @sender)";

    /// <remarks>Npgsql sends them with one Sync at the end, which makes them one implicit transaction.</remarks>
    public override bool RunsCommandsWhole => true;

    public override bool WritesInWith => true;

    /// <remarks>
    /// For claims. A queue fills and empties faster than it is analyzed: where the planner takes it for short it would read all
    /// of it and sort, for every claim, which costs the square of the queue.
    /// </remarks>
    public override string? ReadsInOrder => $"set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), {ReadsByKey}";

    /// <remarks>
    /// A plan is kept for as long as nobody analyzes the table. One that was made while that was small reads all of it, also when
    /// it no longer is. What can't be read by an index counts as dear then, and would be compiled for it.
    /// </remarks>
    public override string? ReadsByKey => "set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    public override string Table(string name) => $"{Schema}.{name}";

    public override string Plus(string instant, string microseconds) => $"({instant} + {microseconds} * interval '1 microsecond')";

    public override string Microseconds(string from, string to) => $"(extract(epoch from ({to} - {from})) * 1000000)::bigint";

    /// <remarks>A sub-select, so that the plan is the same for any list, and made once.</remarks>
    public override string AnyOf(string column, string parameter) => $"{column} = any((select @{parameter})::text[])";

    /// <remarks>
    /// The sub-selects hide the arrays' length from the planner. It would read a whole middle-sized table for a batch of 500, rather
    /// than look 500 keys up, which is ten times dearer; so it plans for few rows, and the same for every batch.
    /// </remarks>
    public override string RowsSource(SqlRows rows) =>
        $"unnest({string.Join(", ", rows.Columns.Select(column => $"(select @{Array(rows, column)})"))}) with ordinality "
        + $"as {rows.Name}({string.Join(", ", rows.Columns.Select(column => column.Name))}, p_ord)";

    /// <remarks>An array, for the same reason: few keys are looked up, whatever the limit of the ids says.</remarks>
    public override string Ranked(string ids) => $"unnest(array({ids})) with ordinality as due(p_id, p_rank)";

    public override void Bind(DbCommand command, string parameter, SqlType type, object? value) =>
        Set(command, parameter, PostgreSqlValues.TypeOf(type), PostgreSqlValues.ToStored(value) ?? DBNull.Value);

    public override void BindList(DbCommand command, string parameter, IReadOnlyList<string> values) =>
        Set(command, parameter, NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray());

    public override void BindRows(DbCommand command, SqlRows rows)
    {
        for (var i = 0; i < rows.Columns.Count; i++)
        {
            Set(command, Array(rows, rows.Columns[i]), NpgsqlDbType.Array | PostgreSqlValues.TypeOf(rows.Columns[i].Type), PostgreSqlValues.ToArray(rows, i));
        }
    }

    /// <remarks>Npgsql would do so by itself, but goes on reading the words of the statement each time.</remarks>
    public override Task PrepareAsync(DbCommand command, CancellationToken cancellationToken) =>
        new NpgsqlConnectionStringBuilder(command.Connection!.ConnectionString).MaxAutoPrepare > 0 ? command.PrepareAsync(cancellationToken) : Task.CompletedTask;

    public override DateTimeOffset ReadInstant(DbDataReader reader, int ordinal) => reader.GetFieldValue<DateTimeOffset>(ordinal);

    public override void Configure(IMutableEntityType entityType)
    {
        entityType.SetSchema(Schema);
        foreach (var property in entityType.GetProperties())
        {
            PostgreSqlValues.Configure(property);
        }
    }

    public override Task<IDbContextTransaction> BeginReadAsync(DbContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    public override Task LockAsync(DbContext context, string name, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    public override bool IsOutage(DbException exception) =>
        exception is not PostgresException known || known.IsTransient || known.SqlState[..2] is "08" or "53" or "57" or "58" or "XX" or "40";

    public override bool IsConflict(DbException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override DbContext CreateMigrationContext(DbConnection connection)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlMigrationContext>()
            .UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, Schema));
        Use(options, this);
        return new PostgreSqlMigrationContext(options.Options);
    }

    public override async Task<IReadOnlyList<string>> CheckAsync(DbContext context, CancellationToken cancellationToken)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = "select pg_is_in_recovery(), current_setting('synchronous_commit'), current_setting('fsync')";
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (reader.GetBoolean(0))
                {
                    throw new InvalidOperationException("This PostgreSQL server is a read-only replica. Point the connection string at the primary (or add 'Target Session Attributes=primary').");
                }

                return [.. Weaknesses(reader.GetString(1), reader.GetString(2))];
            }
        }
    }

    /// <remarks>A fifth of the pool at the most, so that a small one is left to its owner.</remarks>
    public override int KeptConnections(DbContext context) =>
        Math.Min(4, new NpgsqlConnectionStringBuilder(context.Database.GetDbConnection().ConnectionString).MaxPoolSize / 5);

    public override async Task<bool> ListenAsync(DbContext context, Action onListening, Action<string> onNotified, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        connection.Notification += (_, notification) => onNotified(notification.Payload);
        await ExecuteAsync(connection, $"listen {Channel}", cancellationToken).ConfigureAwait(false);
        onListening();
        while (true)
        {
            if (!await connection.WaitAsync(Probe, cancellationToken).ConfigureAwait(false))
            {
                await ExecuteAsync(connection, "select 1", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<string> Weaknesses(string synchronousCommit, string fsync)
    {
        if (synchronousCommit is "off" or "local")
        {
            yield return $"PostgreSQL's synchronous_commit is '{synchronousCommit}': a crash of the server may lose work that was accepted. Set it to 'on' for Switchyard's database.";
        }

        if (fsync != "on")
        {
            yield return "PostgreSQL's fsync is off: a crash of the machine may corrupt the database. Set it to 'on'.";
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Array(SqlRows rows, SqlColumn column) => $"{rows.Name}_{column.Name}";

    private static void Set(DbCommand command, string name, NpgsqlDbType type, object value)
    {
        var index = command.Parameters.IndexOf(name);
        if (index < 0)
        {
            command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
            return;
        }

        command.Parameters[index].Value = value;
    }
}
