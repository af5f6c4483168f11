using System.Text;
using Microsoft.Data.Sqlite;
using Switchyard.ReferenceHost.Tests.Walk;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Executors;

/// <summary>A host process whose runs are executed outside of it, by the script that lies beside it.</summary>
internal sealed class ExecutorHost : IAsyncDisposable
{
    public const string OdsSecret = "ods-secret-9f1c7e-canary";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;
    private readonly StringBuilder _earlierOutput = new();
    private HostProcess? _process;

    private ExecutorHost(string executor, int timeoutSeconds, int leaseSeconds)
    {
        Directory.CreateDirectory(_folder.Combine("notes"));
        File.WriteAllText(_folder.Combine("executor.sh"), ExecutorScript.Text);
        File.WriteAllText(_folder.Combine("partners.yml"), """
            partners:
              - code: acme
                name: Acme Schools
                tenants: [acme]
                bundles: [assessments/PSAT_SAT]
                ods:
                  - { tenant: acme, schoolYear: "2526", url: "https://ods.example.org/2526", clientId: ODS_ACME_ID, clientSecret: ODS_ACME_SECRET }
            """);
        _environment = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://localhost:{HostProcess.FreePort()}",
            ["DATA_DIRECTORY"] = _folder.Combine("data"),
            ["PARTNERS_FILE"] = _folder.Combine("partners.yml"),
            ["ODS_ACME_ID"] = "ods-client",
            ["ODS_ACME_SECRET"] = OdsSecret,
            ["JOB_EXECUTOR"] = executor,
            ["JOB_EXECUTOR_COMMAND"] = $"bash '{Script}' '{Notes}'",
            ["JOB_TIMEOUT_SECONDS"] = timeoutSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["LEASE_SECONDS"] = leaseSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    public HttpClient Http => _process!.Client;

    public IngestClient Client { get; private set; } = null!;

    /// <summary>The folder where the script notes what it saw: tokens and process ids, by the mode of the run.</summary>
    public string Notes => _folder.Combine("notes");

    public string Script => _folder.Combine("executor.sh");

    /// <summary>Everything that the host has written, before a restart too.</summary>
    public string Output => _earlierOutput + _process!.Output;

    /// <summary>Starts a host. Its lease outlasts any stall of a busy machine, unless a test waits for one to be lost.</summary>
    public static async Task<ExecutorHost> StartAsync(string executor, int timeoutSeconds, int leaseSeconds = 30)
    {
        Requires.Program("curl", "apt-get install -y curl");
        var host = new ExecutorHost(executor, timeoutSeconds, leaseSeconds);
        await host.StartProcessAsync();
        return host;
    }

    /// <summary>Creates a job whose one file is named for what the script is to do, uploads three lines, and starts it.</summary>
    public async Task<string> StartJobAsync(string mode)
    {
        var (uid, urls) = await Client.CreateAsync(
            "assessments/PSAT_SAT",
            new Dictionary<string, string> { ["INPUT_FILE"] = $"{mode}.csv" },
            new Dictionary<string, string> { ["TEST_TYPE"] = "SAT" });
        await Client.UploadAsync(urls["INPUT_FILE"], new MemoryStream("ID,SCORE\n1,1100\n2,1210\n"u8.ToArray()));
        await Client.StartAsync(uid);
        return uid;
    }

    /// <summary>Reads what the script noted, one line for each time that it did.</summary>
    public string[] Noted(string name)
    {
        var path = Path.Combine(Notes, name);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    /// <summary>Ends the host as <c>kill -9</c> does.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Starts the host again after a kill, on the same data and address.</summary>
    public async Task RestartAsync()
    {
        _earlierOutput.AppendLine(_process!.Output);
        await _process.DisposeAsync();
        await StartProcessAsync();
    }

    /// <summary>Reads one value of a run's row, past all of our code.</summary>
    public string? RunColumn(string jobUid, string column)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Combine("data", "switchyard.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select {column} from switchyard_ingest_runs where lower(job_uid) = lower($job)";
        command.Parameters.AddWithValue("$job", jobUid);
        return command.ExecuteScalar() as string;
    }

    /// <summary>Reads the texts of all objects in the store.</summary>
    public IReadOnlyList<string> Objects() =>
        [.. Directory.EnumerateFiles(_folder.Combine("data", "blobs"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)];

    /// <summary>Tells whether a process is there and isn't just waiting to be reaped.</summary>
    public static bool IsAlive(string processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].TrimStart()[0] != 'Z';
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartProcessAsync()
    {
        _process = await HostProcess.StartAsync(_environment);
        Client = await IngestClient.WithDevelopmentTokenAsync(_process.Client);
    }
}
