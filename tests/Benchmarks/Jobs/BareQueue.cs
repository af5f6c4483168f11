using Npgsql;
using NpgsqlTypes;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>The limit on PostgreSQL: a job table and prepared statements, nothing around them.</summary>
internal sealed class BareQueue(string connectionString)
{
    private const int Batch = 500;
    private const int Workers = 4;

    // The fence asks for the token and that the job hasn't ended. Asking for its state instead makes the planner join by the
    // index of leases, and the whole some ten times slower.
    private const string Complete = """
        update bare j set state = 2, finished_at = now(), lease_until = null
        from unnest($1::bigint[], $2::bigint[]) u(id, token)
        where j.id = u.id and j.token = u.token and j.finished_at is null
        """;

    private const string Claim = """
        update bare set state = 1, token = token + 1, attempt = attempt + 1, lease_until = now() + interval '30 seconds'
        where id = any(array(
          select id from bare where state = 0 and run_at <= now() order by run_at, id limit $1 for update skip locked))
        returning id, token, payload
        """;

    public static async Task<BareQueue> CreateAsync()
    {
        var queue = new BareQueue(await PostgresJobs.CreateDatabaseAsync());
        await using var connection = await queue.OpenAsync();
        await ExecuteAsync(connection, """
            create table bare (id bigint generated always as identity primary key, state smallint not null default 0,
              run_at timestamptz not null default now(), lease_until timestamptz, token bigint not null default 0,
              attempt int not null default 0, payload jsonb not null, finished_at timestamptz);
            create index on bare (run_at, id) where state = 0;
            create index on bare (lease_until) where state = 1
            """);
        return queue;
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Empties the table and fills it with a backlog.</summary>
    public async Task RefillAsync(int jobs)
    {
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, "truncate bare");
        await ExecuteAsync(connection, $$"""insert into bare (payload) select jsonb_build_object('number', g) from generate_series(1, {{jobs}}) g""");
        await ExecuteAsync(connection, "checkpoint");
    }

    /// <summary>Works the backlog off over four connections, and gives jobs a second.</summary>
    public async Task<double> DrainAsync(int jobs)
    {
        var started = TimeProvider.System.GetTimestamp();
        var done = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return done.Sum() == jobs ? jobs / seconds : throw new InvalidOperationException($"{done.Sum()} of {jobs} jobs were completed.");
    }

    /// <summary>Inserts one job a commit over several connections, and gives jobs a second.</summary>
    public async Task<double> InsertAsync(int jobs, int connections)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => PrepareAsync("insert into bare (payload) values ($1::jsonb)", NpgsqlDbType.Text)));
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(open.Select(command => Task.Run(async () =>
        {
            for (var i = 0; i < jobs / connections; i++)
            {
                command.Parameters[0].Value = $$"""{"number":{{i}}}""";
                await command.ExecuteNonQueryAsync();
            }
        })));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await Task.WhenAll(open.Select(command => command.Connection!.DisposeAsync().AsTask()));
        return jobs / connections * connections / seconds;
    }

    /// <summary>Inserts many jobs a statement over one connection, and gives jobs a second.</summary>
    public async Task<double> InsertManyAsync(int statements, int jobsEach)
    {
        await using var command = await PrepareAsync("insert into bare (payload) select p::jsonb from unnest($1::text[]) p", NpgsqlDbType.Array | NpgsqlDbType.Text);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < statements; i++)
        {
            command.Parameters[0].Value = Enumerable.Range(i * jobsEach, jobsEach).Select(number => $$"""{"number":{{number}}}""").ToArray();
            await command.ExecuteNonQueryAsync();
        }

        var rate = statements * jobsEach / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await command.Connection!.DisposeAsync();
        return rate;
    }

    /// <summary>Prepares the claim of up to some jobs, on a connection of its own.</summary>
    public async Task<NpgsqlCommand> PrepareClaimAsync(int jobs)
    {
        var claim = await PrepareAsync(Claim, NpgsqlDbType.Integer);
        claim.Parameters[0].Value = jobs;
        return claim;
    }

    /// <summary>Prepares the completion of claimed jobs, on a connection of its own.</summary>
    public Task<NpgsqlCommand> PrepareCompleteAsync() => PrepareAsync(Complete, NpgsqlDbType.Array | NpgsqlDbType.Bigint, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public async Task<NpgsqlCommand> PrepareAsync(string sql, params NpgsqlDbType[] types)
    {
        var command = new NpgsqlCommand(sql, await OpenAsync());
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        await command.PrepareAsync();
        return command;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<int> WorkAsync()
    {
        await using var claim = await PrepareClaimAsync(Batch);
        await using var connection = claim.Connection!;
        await using var complete = new NpgsqlCommand(Complete, connection);
        complete.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        complete.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        complete.Parameters[0].Value = complete.Parameters[1].Value = Array.Empty<long>();
        await complete.PrepareAsync();
        var completed = 0;
        while (await ReadAsync(claim) is { Ids.Length: > 0 } claimed)
        {
            (complete.Parameters[0].Value, complete.Parameters[1].Value) = claimed;
            completed += await complete.ExecuteNonQueryAsync();
        }

        return completed;
    }

    private static async Task<(long[] Ids, long[] Tokens)> ReadAsync(NpgsqlCommand claim)
    {
        List<long> ids = [];
        List<long> tokens = [];
        await using var reader = await claim.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
            tokens.Add(reader.GetInt64(1));
            _ = reader.GetString(2);
        }

        return ([.. ids], [.. tokens]);
    }
}
