using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Switchyard.ReferenceHost.Tests.Scheduling;
using Switchyard.ReferenceHost.Tests.Walk;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Marks every secret that goes into the ingest API, and looks for the marks wherever the host writes.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Audience = "https://switchyard.example.com";
    private const string OdsSecret = "canary-ods-secret-51f0";
    private const string DatabasePassword = "canary-database-password-77aa";
    private const string Cell = "canary-cell-0b1d";
    private const string JwtSecret = "canary-jwt-secret-of-more-than-32-bytes-9a41";
    private const string RedisPassword = "canary-redis-password-c2d0";

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _masterKey = RandomNumberGenerator.GetBytes(32);
    private readonly List<string> _secrets = [OdsSecret, DatabasePassword, Cell, JwtSecret, RedisPassword];
    private SecureIssuer _issuer = null!;

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task No_secret_reaches_log_or_error_body_or_database(string environment)
    {
        var database = await PostgresServer.Get().CreateDatabaseAsync();
        using var gate = Gate.ToPostgres(Directory.CreateDirectory(_folder.Combine("pg")).FullName, PostgresServer.Get().SocketFolder);
        var isProduction = environment == "Production";
        await using var host = await HostProcess.StartAsync(Environment(environment, isProduction ? database : null));
        var walk = new CanaryWalk(host.Client, Secret(_issuer.Token(Audience, "create:jobs partner:acme")));
        _secrets.AddRange(walk.Token.Split('.')[1..]);

        _secrets.AddRange(await walk.LoadAsync(Csv()));
        _secrets.AddRange(await walk.FailAsync());
        if (isProduction)
        {
            gate.Close();
            await walk.FailAsync();
            await Eventually.HoldsAsync(() => host.Output.Contains("Unhandled failure", StringComparison.Ordinal), "the failure is in the log");
            gate.Open();
        }

        Assert.True(_secrets.Count > 12 && _secrets.TrueForAll(secret => secret.Length > 8));
        Assert.Equal(isProduction, host.Output.Contains("\"Category\":", StringComparison.Ordinal));
        var scheduler = new SchedulerCanary(host.Client, HandMadeToken.Sign("""{"aud":"authenticated","sub":"ada","exp":4102444800}""", JwtSecret));
        _secrets.AddRange(await scheduler.WalkAsync());
        AssertClean("the log", host.Output);
        Assert.All(scheduler.ErrorBodies, body => AssertClean("an error body", body));
        Assert.All(walk.ErrorBodies, body => AssertClean("an error body", body));
        AssertClean("the database", isProduction ? await DumpAsync(database) : "");
        foreach (var file in Directory.EnumerateFiles(_folder.Combine("data"), "*", SearchOption.AllDirectories).Where(IsNoPayload))
        {
            AssertClean(file, Encoding.Latin1.GetString(await ReadAsync(file)));
        }
    }

    public async ValueTask InitializeAsync()
    {
        _secrets.AddRange([Convert.ToBase64String(_masterKey), Convert.ToHexString(_masterKey), Encoding.Latin1.GetString(_masterKey)]);
        _issuer = await SecureIssuer.StartAsync(_folder);
        Directory.CreateDirectory(_folder.Combine("bundles", "PSAT_SAT"));
        await File.WriteAllTextAsync(_folder.Combine("bundles", "PSAT_SAT", "_metadata.yaml"), """
            display_name: "PSAT/SAT"
            path: assessments/PSAT_SAT
            valid_edfi: ">=3.0"
            report_resources: ["studentAssessments"]
            input_files:
              - { display_name: "File", env_var: INPUT_FILE, is_required: true, file_type: ["csv"] }
            """);
        await File.WriteAllTextAsync(_folder.Combine("partners.yml"), """
            partners:
              - code: acme
                name: Acme Schools
                tenants: [acme]
                bundles: [assessments/PSAT_SAT]
                ods:
                  - { tenant: acme, schoolYear: "2526", url: "https://ods.example.org/2526", clientSecret: ODS_ACME_SECRET }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    private Dictionary<string, string> Environment(string environment, string? postgres)
    {
        Dictionary<string, string> variables = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["ASPNETCORE_URLS"] = "http://localhost:0",
            ["DATA_DIRECTORY"] = _folder.Combine("data"),
            ["MASTER_KEY"] = Convert.ToBase64String(_masterKey),
            ["EXTERNAL_API_TOKEN_ISSUER"] = _issuer.Issuer,
            ["EXTERNAL_API_TOKEN_AUDIENCE"] = Audience,
            ["SSL_CERT_FILE"] = _issuer.CertificateFile,
            ["BUNDLES_PATH"] = _folder.Combine("bundles"),
            ["PARTNERS_FILE"] = _folder.Combine("partners.yml"),
            ["ODS_ACME_SECRET"] = OdsSecret,
            ["SUPABASE_JWT_SECRET"] = JwtSecret,
            ["REDIS_URL"] = $"redis://:{RedisPassword}@127.0.0.1:1",
            ["WEBHOOK_ALLOW_PRIVATE_NETWORKS"] = "true",
            ["RETRY_BACKOFF_SECONDS"] = "0",
        };
        if (postgres is not null)
        {
            variables["DATABASE_URL"] = $"postgres://postgres:{DatabasePassword}@localhost/{new NpgsqlConnectionStringBuilder(postgres).Database}?host={_folder.Combine("pg")}";
        }

        return variables;
    }

    // A good line, a ragged one, and one that no encoding explains: what can't be loaded tempts to be logged.
    private static byte[] Csv() => [.. Encoding.UTF8.GetBytes($"ID,NAME\n1,{Cell}\n2,{Cell},{Cell}\n3,{Cell}"), 0xC3, 0x28, .. "\n"u8];

    private string Secret(string secret)
    {
        _secrets.Add(secret);
        return secret;
    }

    private void AssertClean(string where, string text)
    {
        foreach (var secret in _secrets)
        {
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{where} holds {secret}");
        }
    }

    // The rows and files that were uploaded are where they belong.
    private bool IsNoPayload(string file) =>
        !file.StartsWith(_folder.Combine("data", "analytics"), StringComparison.Ordinal) && !file.StartsWith(_folder.Combine("data", "blobs"), StringComparison.Ordinal);

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }

    private static async Task<string> DumpAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select schema_to_xml('switchyard', true, false, '')::text", connection);
        var dump = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Assert.Contains("client-1", dump, StringComparison.Ordinal);
        return dump;
    }
}
