using Npgsql;
using NpgsqlTypes;

namespace Switchyard.Benchmarks.Recurring;

/// <summary>The limit on PostgreSQL: the rows that a firing writes, by prepared batches over one connection, and nothing that decides what they are.</summary>
internal sealed class BareFiring(string connectionString)
{
    private const int Batch = 1_000;

    private const string Due = """
        select id, look_at from switchyard.recurrences where enabled and look_at <= now() order by look_at, id limit $1 for update skip locked
        """;

    private const string Record = """
        insert into switchyard.occurrences (recurrence_id, first_at, last_at, count, outcome, revision, recorded_at)
        select id, at, at, 1, 0, 1, now() from unnest($1::uuid[], $2::timestamptz[]) u(id, at) on conflict do nothing
        """;

    private const string Enqueue = """
        insert into switchyard.jobs (id, kind, payload, state, priority, available_at, attempt, max_attempts, lease_token, started, leases_lost, cancel_requested, root_id, created_at)
        select id, 'no-op', '{}', 0, 0, now(), 0, 5, 0, false, 0, false, id, now() from unnest($1::uuid[]) u(id) on conflict do nothing
        """;

    private const string Advance = """
        update switchyard.recurrences r set next_at = at + interval '1 day', look_at = at + interval '1 day', last_at = now()
        from unnest($1::uuid[], $2::timestamptz[]) u(id, at) where r.id = u.id
        """;

    /// <summary>Fires all that is due, and gives recurrences a second.</summary>
    public async Task<double> DrainAsync(int recurrences)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var due = await PrepareAsync(connection, Due, NpgsqlDbType.Integer);
        await using var record = await PrepareAsync(connection, Record, NpgsqlDbType.Array | NpgsqlDbType.Uuid, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        await using var enqueue = await PrepareAsync(connection, Enqueue, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        await using var advance = await PrepareAsync(connection, Advance, NpgsqlDbType.Array | NpgsqlDbType.Uuid, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        due.Parameters[0].Value = Batch;
        var started = TimeProvider.System.GetTimestamp();
        for (var fired = 0; fired < recurrences; fired += Batch)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var (ids, instants) = await ReadAsync(due);
            (record.Parameters[0].Value, record.Parameters[1].Value) = (ids, instants);
            enqueue.Parameters[0].Value = Array.ConvertAll(ids, _ => Guid.NewGuid());
            (advance.Parameters[0].Value, advance.Parameters[1].Value) = (ids, instants);
            await record.ExecuteNonQueryAsync();
            await enqueue.ExecuteNonQueryAsync();
            await advance.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        return recurrences / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<(Guid[] Ids, DateTime[] Instants)> ReadAsync(NpgsqlCommand due)
    {
        List<Guid> ids = [];
        List<DateTime> instants = [];
        await using var reader = await due.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
            instants.Add(reader.GetDateTime(1));
        }

        return ([.. ids], [.. instants]);
    }

    private static async Task<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection, string sql, params NpgsqlDbType[] types)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        await command.PrepareAsync();
        return command;
    }
}
