using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Switchyard.Storage.EfCore.Sqlite;

/// <summary>Gives every connection that a context opens the clock of the store, and the durability that we promise.</summary>
internal sealed class SqliteConnectionSetup(TimeProvider timeProvider) : DbConnectionInterceptor
{
    /// <summary>WAL lets readers and the writer work side by side; FULL keeps a commit through the loss of power, which NORMAL does not.</summary>
    /// <remarks>
    /// The cache, 16 MiB at the most for a connection, holds the indexes of a backlog; with SQLite's 2 MiB a claim costs half as much again.
    /// The log, which commits wait for, is moved into the file at 16 MiB rather than at 4: a page that changes often is moved less often.
    /// </remarks>
    private const string Pragmas =
        "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on; pragma cache_size = -16384; "
        + "pragma wal_autocheckpoint = 4000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void SetUp(SqliteConnection connection)
    {
        // Deterministic within a statement is all that SQLite makes of it: the clock stands still while one runs.
        connection.CreateFunction("switchyard_now", () => SqliteValues.ToMicroseconds(timeProvider.GetUtcNow()), isDeterministic: true);
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
