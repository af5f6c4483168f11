using System.Data.Common;
using System.Globalization;
using Npgsql;
using Switchyard.FaultRig.Proxy;
using Switchyard.TestKit;

namespace Switchyard.FaultRig.Databases;

/// <summary>A PostgreSQL server of the rig's own, each node behind a proxy of its own.</summary>
internal sealed class PostgreSqlRigDatabase : RigDatabase
{
    private readonly PostgresServer _server = PostgresServer.Get();
    private readonly string _direct;
    private readonly string _database;

    private PostgreSqlRigDatabase(string direct, int nodes)
    {
        _direct = direct;
        _database = new NpgsqlConnectionStringBuilder(direct).Database!;
        Proxies = [.. Enumerable.Range(0, nodes).Select(_ => new ChaosProxy(Path.Combine(_server.SocketFolder, ".s.PGSQL.5432")))];
    }

    public override string Name => "PostgreSQL";

    public IReadOnlyList<ChaosProxy> Proxies { get; }

    protected override string Jobs => "switchyard.jobs";

    protected override string Schema => """
        create table rig_effects (seq bigserial primary key, job_id text not null, token bigint not null, node text not null);
        create table rig_orders (job_id text primary key);
        create table rig_audit (
          seq bigserial primary key, at bigint not null, job_id text not null,
          old_state int, old_token bigint, old_owner text, old_attempt int, old_finished text,
          new_state int, new_token bigint, new_owner text, new_attempt int, new_finished text);
        create function rig_note() returns trigger language plpgsql as $$
        begin
          if tg_op = 'UPDATE' and (old.state, old.lease_token, old.lease_owner, old.attempt, old.finished_at)
            is not distinct from (new.state, new.lease_token, new.lease_owner, new.attempt, new.finished_at) then return null; end if;
          insert into rig_audit (at, job_id, old_state, old_token, old_owner, old_attempt, old_finished, new_state, new_token, new_owner, new_attempt, new_finished)
          values ((extract(epoch from clock_timestamp()) * 1000000)::bigint, coalesce(new.id, old.id)::text,
            old.state, old.lease_token, old.lease_owner, old.attempt, old.finished_at::text,
            new.state, new.lease_token, new.lease_owner, new.attempt, new.finished_at::text);
          return null;
        end $$;
        create trigger rig_note after insert or update or delete on switchyard.jobs for each row execute function rig_note();
        """;

    public static async Task<PostgreSqlRigDatabase> CreateAsync(int nodes) => new(await PostgresServer.Get().CreateDatabaseAsync(), nodes);

    public override string AddressFor(int node) => string.Create(
        CultureInfo.InvariantCulture,
        $"postgresql:Host=127.0.0.1;Port={Proxies[node].Port};Username=postgres;Database={_database};SSL Mode=Disable;GSS Encryption Mode=Disable;Maximum Pool Size=20;Timeout=5;Command Timeout=5;Cancellation Timeout=1000");

    /// <summary>Stops the server as a crash would, and starts it again.</summary>
    public Task CrashAsync() => Task.Run(_server.CrashAndRestart);

    /// <summary>Ends every connection but our own, from the server's side.</summary>
    public Task TerminateBackendsAsync() => ExecuteAsync(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

    /// <summary>Ends one server process by SIGKILL, after which the server restarts all of them.</summary>
    public async Task KillBackendAsync()
    {
        var processes = await ReadAsync(
            "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'", row => row.GetInt32(0));
        if (processes.Count > 0)
        {
            Signals.Kill(processes[0]);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var proxy in Proxies)
        {
            await proxy.DisposeAsync();
        }
    }

    protected override async Task<DbConnection> OpenAsync()
    {
        // Unpooled: a pooled connection would not survive what is done to the server, which may just be on its way up again.
        for (var tries = 0; ; tries++)
        {
            var connection = new NpgsqlConnection(_direct + ";Pooling=false");
            try
            {
                await connection.OpenAsync();
                return connection;
            }
            catch (NpgsqlException) when (tries < 120)
            {
                await connection.DisposeAsync();
                await Task.Delay(250);
            }
        }
    }
}
