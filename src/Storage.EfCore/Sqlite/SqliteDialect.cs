using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Switchyard.Storage.EfCore.Sqlite;

/// <summary>Writes Switchyard's statements for SQLite 3.35 and later: one writer, instants as integers of microseconds, lists as JSON.</summary>
internal sealed class SqliteDialect : SwitchyardDialect
{
    public const string Prefix = "switchyard_";
    public const string HistoryTable = "__switchyard_migrations";

    public override string Now => "switchyard_now()";

    // Writers wait for each other at BEGIN IMMEDIATE: no row is ever locked by another.
    public override string SkipLocked => "";

    public override string ForUpdate => "";

    public override string? Notify => null;

    public override bool PlansByWords => true;

    public override bool WritersTakeTurns => true;

    public override string Table(string name) => Prefix + name;

    public override string Plus(string instant, string microseconds) => $"({instant} + {microseconds})";

    public override string Microseconds(string from, string to) => $"({to} - {from})";

    public override string AnyOf(string column, string parameter) => $"{column} in (select value from json_each(@{parameter}))";

    public override string RowsSource(SqlRows rows)
    {
        var columns = rows.Columns.Select((column, index) => string.Create(CultureInfo.InvariantCulture, $"json_extract(value, '$[{index}]') as {column.Name}"));
        return $"(select key as p_ord, {string.Join(", ", columns)} from json_each(@{rows.Name})) as {rows.Name}";
    }

    public override string Ranked(string ids) => $"(select id as p_id, row_number() over () as p_rank from ({ids})) as due";

    public override void Bind(DbCommand command, string parameter, SqlType type, object? value) => Set(command, parameter, SqliteValues.ToStored(value));

    public override void BindList(DbCommand command, string parameter, IReadOnlyList<string> values) =>
        Set(command, parameter, SqliteValues.ToJson(values));

    public override void BindRows(DbCommand command, SqlRows rows) => Set(command, rows.Name, SqliteValues.ToJson(rows));

    public override DateTimeOffset ReadInstant(DbDataReader reader, int ordinal) => SqliteValues.ToInstant(reader.GetInt64(ordinal));

    public override void Configure(IMutableEntityType entityType)
    {
        entityType.SetTableName(Prefix + entityType.GetTableName());
        foreach (var property in entityType.GetProperties())
        {
            SqliteValues.Configure(property);
        }
    }

    public override async Task<IDbContextTransaction> BeginReadAsync(DbContext context, CancellationToken cancellationToken)
    {
        // Deferred: in WAL mode a reader sees one state of the file and hinders no writer.
        var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await context.Database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false))!;
    }

    // BEGIN IMMEDIATE has locked the whole database.
    public override Task LockAsync(DbContext context, string name, CancellationToken cancellationToken) => Task.CompletedTask;

    public override bool IsOutage(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: not (1 or 18 or 19 or 20 or 25) };

    public override bool IsConflict(DbException exception) => exception is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    public override DbContext CreateMigrationContext(DbConnection connection)
    {
        var options = new DbContextOptionsBuilder<SqliteMigrationContext>()
            .UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(HistoryTable));
        Use(options, this);
        return new SqliteMigrationContext(options.Options);
    }

    public override int KeptConnections(DbContext context) => 4;

    // What has to hold is set by the pragmas of every connection.
    public override Task<IReadOnlyList<string>> CheckAsync(DbContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    private static void Set(DbCommand command, string name, object? value)
    {
        var parameters = ((SqliteCommand)command).Parameters;
        var index = parameters.IndexOf("@" + name);
        if (index < 0)
        {
            parameters.AddWithValue("@" + name, value ?? DBNull.Value);
            return;
        }

        parameters[index].Value = value ?? DBNull.Value;
    }
}
