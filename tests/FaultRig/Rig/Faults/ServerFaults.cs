using Switchyard.FaultRig.Databases;

namespace Switchyard.FaultRig.Faults;

/// <summary>A crash of the server: <c>pg_ctl -m immediate</c>, and a start.</summary>
internal sealed class ServerCrash(PostgreSqlRigDatabase database) : IFault
{
    public string Name => "PostgreSQL immediate restart";

    public async Task<int> InflictAsync(Battlefield field)
    {
        await field.WithoutStoreAsync(Name, database.CrashAsync);
        return 1;
    }
}

/// <summary>Every connection ended by the server.</summary>
internal sealed class TerminateBackends(PostgreSqlRigDatabase database) : IFault
{
    public string Name => "pg_terminate_backend of all";

    public async Task<int> InflictAsync(Battlefield field)
    {
        await field.WithoutStoreAsync(Name, database.TerminateBackendsAsync);
        return 1;
    }
}

/// <summary>One server process killed, after which PostgreSQL restarts all of them.</summary>
internal sealed class KillBackend(PostgreSqlRigDatabase database) : IFault
{
    public string Name => "kill -9 of a PostgreSQL backend";

    public async Task<int> InflictAsync(Battlefield field)
    {
        await field.WithoutStoreAsync(Name, async () =>
        {
            await database.KillBackendAsync();
            await Task.Delay(1000);
        });
        return 1;
    }
}
