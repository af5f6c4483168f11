using Microsoft.AspNetCore.Http;

namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Makes <see cref="HostSettings"/> of environment variables.</summary>
internal static class HostSettingsReader
{
    private const string IssuerExample = "https://idp.example.com/realms/my-realm";
    private const long GiB = 1L << 30;

    /// <summary>Reads the settings; creates the data directory and, where it has to, the master key.</summary>
    /// <param name="variable">Gives a variable's value, or <see langword="null"/>.</param>
    /// <exception cref="SettingsException">At least one variable is missing or malformed.</exception>
    public static HostSettings Read(Func<string, string?> variable)
    {
        var reader = new VariableReader(variable);
        var environment = reader.Text("ASPNETCORE_ENVIRONMENT") ?? reader.Text("SWITCHYARD_DEFAULT_ENVIRONMENT") ?? "Production";
        var development = environment == "Development";
        var data = DataDirectory(reader);
        var database = Database(reader, data);
        var masterKey = GivenMasterKey(reader, database, development);
        var draft = new
        {
            Urls = Urls(reader),
            PublicUrl = reader.Url("PUBLIC_URL", "https://switchyard.example.com")?.AbsoluteUri.TrimEnd('/'),
            Tokens = IngestTokens(reader, development),
            Partners = Named(reader, "PARTNERS_FILE", "partners.yml", File.Exists),
            Bundles = Named(reader, "BUNDLES_PATH", "bundles", Path.Exists),
            Executor = Executor(reader),
            S3 = S3(reader),
            UploadMaxBytes = reader.Number("UPLOAD_MAX_BYTES", 1, 1024 * GiB, 5 * GiB),
            Worker = Worker(reader),
            Scheduler = SchedulerSettingsReader.Read(reader, development),
        };
        masterKey ??= KeptMasterKey(reader, data);
        reader.ThrowIfAny();
        return new HostSettings
        {
            EnvironmentName = environment,
            Urls = draft.Urls,
            PublicUrl = draft.PublicUrl,
            DataDirectory = data,
            Database = database,
            MasterKey = masterKey!,
            IngestTokens = draft.Tokens,
            PartnersFile = draft.Partners,
            BundlesPath = draft.Bundles,
            Executor = draft.Executor,
            S3 = draft.S3,
            UploadMaxBytes = draft.UploadMaxBytes,
            Worker = draft.Worker,
            Scheduler = development ? draft.Scheduler.WithDerivedSecret(masterKey!) : draft.Scheduler,
        };
    }

    private static string[] Urls(VariableReader reader)
    {
        const string name = "ASPNETCORE_URLS";
        var urls = (reader.Text(name) ?? "http://localhost:8080").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls.Where(url => !IsListeningAddress(url)))
        {
            reader.Problem(name, $"holds '{url}', which is not a listening address", $"{name}=http://localhost:8080");
        }

        return urls;
    }

    private static bool IsListeningAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "http" or "https", PathBase: "", Host.Length: > 0 } && (address.IsUnixPipe || address.Port is >= 0 and <= 65535);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string DataDirectory(VariableReader reader)
    {
        const string name = "DATA_DIRECTORY";
        var path = Path.GetFullPath(reader.Text(name) ?? "data");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reader.Problem(name, $"names '{path}', which can't be created or used as a folder", $"{name}=./data");
        }

        return path;
    }

    private static DatabaseSettings Database(VariableReader reader, string data)
    {
        const string name = "DATABASE_URL";
        if (reader.Text(name) is not { } text)
        {
            return new DatabaseSettings.Sqlite(Path.Combine(data, "switchyard.db"));
        }

        if (DatabaseUrl.Parse(text, out var settings) is { } wrong)
        {
            reader.Problem(name, wrong, $"{name}=postgres://user:password@localhost:5432/switchyard or {name}=sqlite://data/switchyard.db");
        }

        return settings;
    }

    private static MasterKey? GivenMasterKey(VariableReader reader, DatabaseSettings database, bool development)
    {
        const string name = "MASTER_KEY";
        const string example = $"{name}=$(openssl rand -base64 32)";
        if (reader.Text(name) is { } text)
        {
            var key = MasterKey.TryParse(text);
            if (key is null)
            {
                reader.Problem(name, "is not 32 bytes in base64", example);
            }

            return key;
        }

        if (database is DatabaseSettings.PostgreSql && !development)
        {
            reader.Problem(name, "is not set, but with a postgres:// database all nodes must share it", example);
        }

        return null;
    }

    private static MasterKey? KeptMasterKey(VariableReader reader, string data)
    {
        // A start that is refused anyway leaves no key behind.
        if (reader.Problems.Count > 0)
        {
            return null;
        }

        try
        {
            return MasterKey.FromFolder(Path.Combine(data, "keys"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            reader.Problem("MASTER_KEY", $"is not set, and the key in DATA_DIRECTORY can't be used: {failure.Message}", "MASTER_KEY=$(openssl rand -base64 32)");
            return null;
        }
    }

    private static TokenSettings IngestTokens(VariableReader reader, bool development)
    {
        var (issuerName, issuer) = reader.Text("EXTERNAL_API_TOKEN_ISSUER", "OAUTH2_ISSUER");
        var (audienceName, audience) = reader.Text("EXTERNAL_API_TOKEN_AUDIENCE", "OAUTH2_AUDIENCE");
        if (issuer is not null && reader.Url(issuerName, issuer, IssuerExample) is { Scheme: "http" } && !development)
        {
            reader.Problem(issuerName, "is an issuer over plain http, which only Development accepts", $"{issuerName}={IssuerExample}");
        }

        if (audience is not null && audience.Any(char.IsWhiteSpace))
        {
            reader.Problem(audienceName, "holds white space", $"{audienceName}=https://switchyard.example.com");
        }

        return new TokenSettings(issuer, audience);
    }

    private static string? Named(VariableReader reader, string name, string usual, Func<string, bool> exists)
    {
        if (reader.Text(name) is { } named)
        {
            if (!exists(named))
            {
                reader.Problem(name, $"names '{named}', which doesn't exist", $"{name}={usual}");
            }

            return Path.GetFullPath(named);
        }

        return exists(usual) ? Path.GetFullPath(usual) : null;
    }

    private static ExecutorSettings Executor(VariableReader reader)
    {
        var kind = reader.Text("JOB_EXECUTOR") ?? "builtin";
        var command = reader.Text("JOB_EXECUTOR_COMMAND");
        if (kind is not ("builtin" or "command" or "callback"))
        {
            reader.Problem("JOB_EXECUTOR", $"'{kind}' is none of builtin, command and callback", "JOB_EXECUTOR=builtin");
        }

        if (kind == "command" && command is null)
        {
            reader.Problem("JOB_EXECUTOR_COMMAND", "is not set, but JOB_EXECUTOR is command", "JOB_EXECUTOR_COMMAND=\"python -m executor\"");
        }

        return new ExecutorSettings(kind, command, TimeSpan.FromSeconds(reader.Number("JOB_TIMEOUT_SECONDS", 1, 86_400, 3600)));
    }

    private static S3Settings? S3(VariableReader reader)
    {
        var bucket = reader.Text("S3_BUCKET");
        var endpoint = reader.Url("S3_ENDPOINT_URL", "http://localhost:9000");
        if (bucket is null && reader.Text("S3_ENDPOINT_URL") is not null)
        {
            reader.Problem("S3_BUCKET", "is not set, but S3_ENDPOINT_URL is", "S3_BUCKET=switchyard");
        }

        return bucket is null ? null : new S3Settings(bucket, endpoint);
    }

    private static WorkerSettings Worker(VariableReader reader) => new(
        reader.Flag("WORKER_ENABLED", true),
        (int)reader.Number("WORKER_CONCURRENCY", 1, 1000, 2 * Environment.ProcessorCount),
        TimeSpan.FromSeconds(reader.Number("LEASE_SECONDS", 1, 3600, 30)));
}
