using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>The limit on SQLite: a job table, one writer and prepared statements, nothing around them.</summary>
internal sealed class BareFile : IDisposable
{
    private const int Batch = 100;
    private readonly SqliteConnection _connection;

    public BareFile(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=false");
        _connection.Open();
        Execute("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000");
        Execute("""
            create table bare (id integer primary key, state integer not null default 0, run_at integer not null, lease_until integer,
              token integer not null default 0, attempt integer not null default 0, payload text not null, finished_at integer);
            create index due on bare (run_at, id) where state = 0;
            create index leases on bare (lease_until) where state = 1
            """);
    }

    /// <summary>Empties the table and fills it with a backlog.</summary>
    public void Refill(int jobs)
    {
        Execute("delete from bare");
        Execute(string.Create(CultureInfo.InvariantCulture, $"with recursive n(g) as (select 1 union all select g + 1 from n where g < {jobs}) insert into bare (run_at, payload) select 0, '{{\"number\":' || g || '}}' from n"));
        Execute("pragma wal_checkpoint(truncate)");
    }

    /// <summary>Works the backlog off, a commit for each claim and each completion of a hundred, and gives jobs a second.</summary>
    public double Drain(int jobs)
    {
        using var claim = Prepare(
            """
            update bare set state = 1, token = token + 1, attempt = attempt + 1, lease_until = $until
            where id in (select id from bare where state = 0 and run_at <= $now order by run_at, id limit 100) returning id, token, payload
            """,
            "$until", "$now");
        using var complete = Prepare("update bare set state = 2, finished_at = $now, lease_until = null where id = $id and token = $token and finished_at is null", "$now", "$id", "$token");
        var started = TimeProvider.System.GetTimestamp();
        var completed = 0;
        List<(long Id, long Token)> claimed = new(Batch);
        do
        {
            Claim(claim, claimed);
            completed += Complete(complete, claimed);
        }
        while (claimed.Count > 0);

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return completed == jobs ? jobs / seconds : throw new InvalidOperationException($"{completed} of {jobs} jobs were completed.");
    }

    /// <summary>Inserts one job a commit, and gives jobs a second.</summary>
    public double Insert(int jobs)
    {
        using var insert = Prepare("insert into bare (run_at, payload) values ($now, $payload)", "$now", "$payload");
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < jobs; i++)
        {
            (insert.Parameters[0].Value, insert.Parameters[1].Value) = (Now(), $$"""{"number":{{i}}}""");
            insert.ExecuteNonQuery();
        }

        return jobs / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose() => _connection.Dispose();

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;

    private static void Claim(SqliteCommand claim, List<(long Id, long Token)> claimed)
    {
        claimed.Clear();
        var now = Now();
        (claim.Parameters[0].Value, claim.Parameters[1].Value) = (now + 30_000_000, now);
        using var reader = claim.ExecuteReader();
        while (reader.Read())
        {
            claimed.Add((reader.GetInt64(0), reader.GetInt64(1)));
            _ = reader.GetString(2);
        }
    }

    private int Complete(SqliteCommand complete, List<(long Id, long Token)> claimed)
    {
        using var transaction = _connection.BeginTransaction();
        complete.Transaction = transaction;
        complete.Parameters[0].Value = Now();
        var completed = 0;
        foreach (var (id, token) in claimed)
        {
            (complete.Parameters[1].Value, complete.Parameters[2].Value) = (id, token);
            completed += complete.ExecuteNonQuery();
        }

        transaction.Commit();
        return completed;
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = 0L });
        }

        command.Prepare();
        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
