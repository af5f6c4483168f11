using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Switchyard.TestKit;

/// <summary>A PostgreSQL server of this test process: own data folder, unix socket only, gone with the process.</summary>
public sealed class PostgresServer
{
    private const string Install = "apt-get install -y postgresql";
    private static readonly Lazy<PostgresServer> Shared = new(Start);
    private static int _databases;
    private readonly string _folder;
    private readonly string _bin;

    private PostgresServer(string folder, string bin)
    {
        _folder = folder;
        _bin = bin;
    }

    /// <summary>The folder of the server's socket, fit for <c>postgres://postgres@/db?host=…</c>.</summary>
    public string SocketFolder => _folder;

    /// <summary>Gets the server, started at first use; skips the test (fails it in CI) where PostgreSQL isn't installed.</summary>
    public static PostgresServer Get() => Shared.Value;

    /// <summary>Makes an empty database and gives its Npgsql connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");

        // Not of a pool: what a test did to the server may have broken the connections there.
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} template template0 lc_collate 'C' lc_ctype 'C' encoding 'UTF8'", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Gets the connection string of a database of this server.</summary>
    /// <remarks>Each test has a database, and so a pool, of its own: what it no longer uses is closed soon, for hundreds of them to find room.</remarks>
    public string ConnectionString(string database) =>
        $"Host={_folder};Username=postgres;Database={database};Maximum Pool Size=20;Connection Idle Lifetime=2;Connection Pruning Interval=1;Include Error Detail=true";

    /// <summary>Stops the server at once, as a crash would, and starts it again.</summary>
    public void CrashAndRestart()
    {
        Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        StartServer();
    }

    private string Data => Path.Combine(_folder, "data");

    private static PostgresServer Start()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;
        Requires.That(bin is not null, "PostgreSQL", Install);
        var folder = Directory.CreateTempSubdirectory("switchyard-pg-").FullName;
        var server = new PostgresServer(folder, bin!);
        if (Environment.UserName == "root")
        {
            Process.Start("chown", ["postgres", folder])!.WaitForExit();
        }

        server.Run("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8");
        server.StartServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
        return server;
    }

    private void StartServer() =>
        Run("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-o",
            $"-c listen_addresses='' -c unix_socket_directories={_folder} -c max_connections=300 -c shared_buffers=128MB", "start");

    /// <summary>Has the server stopped and its folder removed, without waiting: a process that takes its time to exit counts as one that hangs.</summary>
    private void Stop()
    {
        var script = $"'{Path.Combine(_bin, "pg_ctl")}' -D '{Data}' -m immediate -w stop; rm -rf '{_folder}'";
        using var process = Process.Start(AsPostgres("/bin/sh", ["-c", script]));
    }

    private void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(AsPostgres(Path.Combine(_bin, program), arguments))!;

        // pg_ctl's server inherits the pipe, so its end never comes; only the exit code tells.
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed with {process.ExitCode}; its log is in {_folder}");
        }
    }

    // PostgreSQL refuses to run as root; Debian's package brings the account.
    private ProcessStartInfo AsPostgres(string path, string[] arguments)
    {
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = _folder;
        start.RedirectStandardOutput = true;
        return start;
    }
}
