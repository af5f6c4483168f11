using Switchyard.ReferenceHost.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Configuration;

public sealed class HostSettingsReaderTests : IDisposable
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Nothing_set_gives_the_documented_defaults()
    {
        var settings = SettingsEnvironment.Read(_folder);

        Assert.Equal("Production", settings.EnvironmentName);
        Assert.False(settings.IsDevelopment);
        Assert.Equal(["http://localhost:8080"], settings.Urls);
        Assert.Null(settings.PublicUrl);
        Assert.Equal(_folder.Path, settings.DataDirectory);
        Assert.Equal(new DatabaseSettings.Sqlite(_folder.Combine("switchyard.db")), settings.Database);
        Assert.Equal(new TokenSettings(null, null), settings.IngestTokens);
        Assert.False(settings.UsesDevIssuer);
        Assert.Null(settings.PartnersFile);
        Assert.Null(settings.BundlesPath);
        Assert.Equal(new ExecutorSettings("builtin", null, TimeSpan.FromHours(1)), settings.Executor);
        Assert.Null(settings.S3);
        Assert.Equal(5L << 30, settings.UploadMaxBytes);
        Assert.Equal(new WorkerSettings(true, 2 * Environment.ProcessorCount, TimeSpan.FromSeconds(30)), settings.Worker);
    }

    [Fact]
    public void Everything_set_is_taken_as_it_is()
    {
        File.WriteAllText(_folder.Combine("p.yml"), "");
        var settings = SettingsEnvironment.Read(
            _folder,
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://*:5000;http://127.0.0.1:0"), ("PUBLIC_URL", "https://switchyard.example.com/"),
            ("DATABASE_URL", "postgres://app:pw@db/switchyard"), ("MASTER_KEY", Key), ("EXTERNAL_API_TOKEN_ISSUER", "http://idp:9000/realm"),
            ("EXTERNAL_API_TOKEN_AUDIENCE", "api"), ("PARTNERS_FILE", _folder.Combine("p.yml")), ("BUNDLES_PATH", _folder), ("JOB_EXECUTOR", "command"),
            ("JOB_EXECUTOR_COMMAND", "run it"), ("JOB_TIMEOUT_SECONDS", "7"), ("S3_BUCKET", "b"), ("S3_ENDPOINT_URL", "http://localhost:9000"),
            ("UPLOAD_MAX_BYTES", "1000"), ("WORKER_ENABLED", "False"), ("WORKER_CONCURRENCY", "3"), ("LEASE_SECONDS", "5"));

        Assert.True(settings.IsDevelopment);
        Assert.Equal(["http://*:5000", "http://127.0.0.1:0"], settings.Urls);
        Assert.Equal("https://switchyard.example.com", settings.PublicUrl);
        Assert.IsType<DatabaseSettings.PostgreSql>(settings.Database);
        Assert.Equal(MasterKey.TryParse(Key)!.BlobUrlKey(), settings.MasterKey.BlobUrlKey());
        Assert.Equal(new TokenSettings("http://idp:9000/realm", "api"), settings.IngestTokens);
        Assert.False(settings.UsesDevIssuer);
        Assert.Equal(_folder.Combine("p.yml"), settings.PartnersFile);
        Assert.Equal(_folder.Path, settings.BundlesPath);
        Assert.Equal(new ExecutorSettings("command", "run it", TimeSpan.FromSeconds(7)), settings.Executor);
        Assert.Equal(new S3Settings("b", new Uri("http://localhost:9000")), settings.S3);
        Assert.Equal(1000, settings.UploadMaxBytes);
        Assert.Equal(new WorkerSettings(false, 3, TimeSpan.FromSeconds(5)), settings.Worker);
    }

    [Theory]
    [InlineData(null, null, "Production")]
    [InlineData(null, "Development", "Development")]
    [InlineData("Production", "Development", "Production")]
    [InlineData("Staging", null, "Staging")]
    [InlineData("  ", "Development", "Development")]
    public void The_shells_environment_wins_over_that_of_dotnet_run(string? shell, string? launch, string expected)
    {
        var settings = SettingsEnvironment.Read(_folder, ("ASPNETCORE_ENVIRONMENT", shell ?? ""), ("SWITCHYARD_DEFAULT_ENVIRONMENT", launch ?? ""));

        Assert.Equal(expected, settings.EnvironmentName);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "localhost:8080", "ASPNETCORE_URLS holds 'localhost:8080', which is not a listening address; example: ASPNETCORE_URLS=http://localhost:8080")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:99999", "ASPNETCORE_URLS holds 'http://localhost:99999', which is not a listening address; example: ASPNETCORE_URLS=http://localhost:8080")]
    [InlineData("ASPNETCORE_URLS", "ftp://localhost:1", "ASPNETCORE_URLS holds 'ftp://localhost:1', which is not a listening address; example: ASPNETCORE_URLS=http://localhost:8080")]
    [InlineData("PUBLIC_URL", "switchyard.example.com", "PUBLIC_URL is not an absolute http or https URL without user, query and fragment; example: PUBLIC_URL=https://switchyard.example.com")]
    [InlineData("PUBLIC_URL", "https://u:hunter2@x", "PUBLIC_URL is not an absolute http or https URL without user, query and fragment; example: PUBLIC_URL=https://switchyard.example.com")]
    [InlineData("EXTERNAL_API_TOKEN_ISSUER", "idp", "EXTERNAL_API_TOKEN_ISSUER is not an absolute http or https URL without user, query and fragment; example: EXTERNAL_API_TOKEN_ISSUER=https://idp.example.com/realms/my-realm")]
    [InlineData("EXTERNAL_API_TOKEN_ISSUER", "http://idp", "EXTERNAL_API_TOKEN_ISSUER is an issuer over plain http, which only Development accepts; example: EXTERNAL_API_TOKEN_ISSUER=https://idp.example.com/realms/my-realm")]
    [InlineData("OAUTH2_ISSUER", "http://idp", "OAUTH2_ISSUER is an issuer over plain http, which only Development accepts; example: OAUTH2_ISSUER=https://idp.example.com/realms/my-realm")]
    [InlineData("EXTERNAL_API_TOKEN_AUDIENCE", "a b", "EXTERNAL_API_TOKEN_AUDIENCE holds white space; example: EXTERNAL_API_TOKEN_AUDIENCE=https://switchyard.example.com")]
    [InlineData("OAUTH2_AUDIENCE", "a b", "OAUTH2_AUDIENCE holds white space; example: OAUTH2_AUDIENCE=https://switchyard.example.com")]
    [InlineData("MASTER_KEY", "hunter2", "MASTER_KEY is not 32 bytes in base64; example: MASTER_KEY=$(openssl rand -base64 32)")]
    [InlineData("MASTER_KEY", "AAECAwQFBgcICQoLDA0ODw==", "MASTER_KEY is not 32 bytes in base64; example: MASTER_KEY=$(openssl rand -base64 32)")]
    [InlineData("DATABASE_URL", "postgres://u:hunter2@h", "DATABASE_URL names no database after the host; example: DATABASE_URL=postgres://user:password@localhost:5432/switchyard or DATABASE_URL=sqlite://data/switchyard.db")]
    [InlineData("PARTNERS_FILE", "no-such.yml", "PARTNERS_FILE names 'no-such.yml', which doesn't exist; example: PARTNERS_FILE=partners.yml")]
    [InlineData("BUNDLES_PATH", "no-such", "BUNDLES_PATH names 'no-such', which doesn't exist; example: BUNDLES_PATH=bundles")]
    [InlineData("JOB_EXECUTOR", "docker", "JOB_EXECUTOR 'docker' is none of builtin, command and callback; example: JOB_EXECUTOR=builtin")]
    [InlineData("JOB_EXECUTOR", "command", "JOB_EXECUTOR_COMMAND is not set, but JOB_EXECUTOR is command; example: JOB_EXECUTOR_COMMAND=\"python -m executor\"")]
    [InlineData("JOB_TIMEOUT_SECONDS", "0", "JOB_TIMEOUT_SECONDS '0' is not a whole number from 1 to 86400; example: JOB_TIMEOUT_SECONDS=3600")]
    [InlineData("S3_ENDPOINT_URL", "http://localhost:9000", "S3_BUCKET is not set, but S3_ENDPOINT_URL is; example: S3_BUCKET=switchyard")]
    [InlineData("UPLOAD_MAX_BYTES", "5 GiB", "UPLOAD_MAX_BYTES '5 GiB' is not a whole number from 1 to 1099511627776; example: UPLOAD_MAX_BYTES=5368709120")]
    [InlineData("WORKER_ENABLED", "yes", "WORKER_ENABLED 'yes' is neither true nor false; example: WORKER_ENABLED=true")]
    [InlineData("LEASE_SECONDS", "-1", "LEASE_SECONDS '-1' is not a whole number from 1 to 3600; example: LEASE_SECONDS=30")]
    public void A_malformed_variable_is_told_in_one_line(string name, string value, string expected)
    {
        var lines = SettingsEnvironment.Refused(_folder, (name, value));

        Assert.Equal([expected], lines);
        Assert.DoesNotContain("hunter2", expected, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once_and_no_key_is_left_behind()
    {
        var lines = SettingsEnvironment.Refused(_folder, ("LEASE_SECONDS", "x"), ("WORKER_ENABLED", "y"), ("PUBLIC_URL", "z"));

        Assert.Equal(3, lines.Count);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_contradicting_alias_is_refused_and_an_agreeing_one_is_not()
    {
        Assert.Equal(
            ["EXTERNAL_API_TOKEN_AUDIENCE contradicts its alias OAUTH2_AUDIENCE; example: set EXTERNAL_API_TOKEN_AUDIENCE alone"],
            SettingsEnvironment.Refused(_folder, ("EXTERNAL_API_TOKEN_AUDIENCE", "a"), ("OAUTH2_AUDIENCE", "b")));

        var settings = SettingsEnvironment.Read(_folder, ("OAUTH2_ISSUER", "https://idp"), ("EXTERNAL_API_TOKEN_ISSUER", "https://idp"), ("OAUTH2_AUDIENCE", "b"));
        Assert.Equal(new TokenSettings("https://idp", "b"), settings.IngestTokens);
    }

    [Fact]
    public void PostgreSql_outside_Development_needs_a_master_key()
    {
        (string, string) database = ("DATABASE_URL", "postgres://app:pw@db/switchyard");

        Assert.Equal(
            ["MASTER_KEY is not set, but with a postgres:// database all nodes must share it; example: MASTER_KEY=$(openssl rand -base64 32)"],
            SettingsEnvironment.Refused(_folder, database));
        Assert.NotNull(SettingsEnvironment.Read(_folder, database, ("MASTER_KEY", Key)).MasterKey);
        Assert.NotNull(SettingsEnvironment.Read(_folder, database, ("ASPNETCORE_ENVIRONMENT", "Development")).MasterKey);
    }

    [Fact]
    public void A_kept_key_that_is_broken_stops_the_start()
    {
        Directory.CreateDirectory(_folder.Combine("keys"));
        File.WriteAllText(_folder.Combine("keys", "master.key"), "hunter2");

        Assert.Equal(
            [$"MASTER_KEY is not set, and the key in DATA_DIRECTORY can't be used: {_folder.Combine("keys", "master.key")} doesn't hold 32 bytes in base64; example: MASTER_KEY=$(openssl rand -base64 32)"],
            SettingsEnvironment.Refused(_folder));
    }

    [Fact]
    public void A_data_directory_that_is_a_file_stops_the_start()
    {
        var path = _folder.Combine("file");
        File.WriteAllText(path, "");

        Assert.Equal(
            [$"DATA_DIRECTORY names '{path}', which can't be created or used as a folder; example: DATA_DIRECTORY=./data"],
            SettingsEnvironment.Refused(_folder, ("DATA_DIRECTORY", path)));
    }

    [Fact]
    public void Settings_print_no_secret()
    {
        var settings = SettingsEnvironment.Read(_folder, ("MASTER_KEY", Key), ("DATABASE_URL", "postgres://app:hunter2@db/switchyard"));

        Assert.DoesNotContain("hunter2", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, settings.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
