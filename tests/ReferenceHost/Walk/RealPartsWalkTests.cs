using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Npgsql;
using Switchyard.TestKit;
using Switchyard.TestKit.S3;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>The walk-through against PostgreSQL, a store that verifies signatures as S3 does, and a certified OpenID provider.</summary>
public sealed class RealPartsWalkTests : IAsyncLifetime
{
    private const string Audience = "https://switchyard.example.com";
    private const string Create = """{"partner":"acme","tenant":"acme","bundle":"assessments/PSAT_SAT","schoolYear":"2526","files":{"INPUT_FILE":"sat_results.csv"},"params":{"TEST_TYPE":"SAT"}}""";
    private readonly TemporaryFolder _folder = new();
    private OpenIdProvider _provider = null!;
    private S3Server _s3 = null!;
    private Gate _store = null!;
    private Gate _database = null!;
    private string _connection = "";
    private HostProcess _host = null!;

    [Fact]
    public async Task Four_documented_steps_end_in_a_loaded_run()
    {
        await File.WriteAllTextAsync(_folder.Combine("input_file.csv"), "ID,SCORE\n1,1100\n2,1210\n3,990\n\n4,700\n", TestContext.Current.CancellationToken);
        var url = $"http://localhost:{_host.BaseAddress.Port}";

        var token = Member(await Shell.RunAsync(_folder, $$"""
            curl --silent --show-error --fail --request POST \
              --url {{_provider.Issuer}}token \
              --data grant_type=client_credentials --data client_id=walk-client --data client_secret=walk-secret \
              --data-urlencode 'scope=create:jobs partner:acme'
            """), "access_token");
        var created = await Shell.RunAsync(_folder, $$"""
            curl --silent --show-error --fail --request POST \
              --url {{url}}/api/v1/jobs \
              --header 'Authorization: Bearer {{token}}' \
              --header 'Content-Type: application/json' \
              --data '{{Create}}'
            """);
        var uid = Member(created, "uid");
        var upload = (string)JsonNode.Parse(created)!["uploadUrls"]!["INPUT_FILE"]!;
        await Shell.RunAsync(_folder, $"""
            curl --silent --show-error --fail -X PUT \
              -H "Content-Type: application/octet-stream" \
              --data-binary @input_file.csv \
              "{upload}"
            """);
        var started = await Shell.RunAsync(_folder, $$"""
            curl --silent --show-error --fail --write-out '%{http_code}' -X POST \
              --url {{url}}/api/v1/jobs/{{uid}}/start \
              --header 'Authorization: Bearer {{token}}'
            """);
        var run = await new IngestClient(_host.Client, token).EndedRunAsync(uid);

        Assert.Equal("202", started);
        Assert.StartsWith($"http://{_store.Address}/{_s3.Bucket}/jobs/acme/acme/{uid}/input/", upload, StringComparison.Ordinal);
        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal("""{"records_processed":5,"records_skipped":1,"records_failed":0}""", run.GetProperty("summary").GetProperty("INPUT_FILE").GetRawText());
        Assert.Equal(4, Analytics.Rows(_folder.Combine("data"), "acme", "acme", "assessments/PSAT_SAT__INPUT_FILE"));
        await AssertStoredAsync(uid, run.GetProperty("uid").GetString()!);

        // What was refused never reached Calls, so nothing was: every request on the wire was signed, and signed well.
        Assert.Equal(_store.HttpRequests, _s3.Calls.Count);
        Assert.NotEmpty(_s3.Calls);
        Assert.All(_s3.Calls, call => Assert.StartsWith($"jobs/acme/acme/{uid}/", call.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_is_never_accepted_while_the_store_is_down_and_works_when_it_is_back()
    {
        var token = await _provider.TokenAsync("create:jobs partner:acme");
        var client = new IngestClient(_host.Client, token);
        var (uid, urls) = await client.CreateAsync("assessments/PSAT_SAT", new Dictionary<string, string> { ["INPUT_FILE"] = "a.csv" }, new Dictionary<string, string> { ["TEST_TYPE"] = "SAT" });
        await client.UploadAsync(urls["INPUT_FILE"], new MemoryStream("ID\n1\n"u8.ToArray()));

        _store.Close();
        using var refused = await SendAsync(HttpMethod.Post, $"/api/v1/jobs/{uid}/start", token);
        var runsWhileDown = await ScalarAsync($"select count(*) from switchyard.ingest_runs where job_uid = '{uid}'");
        _store.Open();
        await client.StartAsync(uid);
        var run = await client.EndedRunAsync(uid);

        await AssertUnavailableAsync(refused, "blob_store_unavailable", "The file store can't be reached. Try again later.");
        Assert.Equal(0L, runsWhileDown);
        Assert.Equal("success", run.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Api_answers_503_while_the_database_is_gone_and_recovers_by_itself()
    {
        var token = await _provider.TokenAsync("create:jobs partner:acme");
        using var before = await SendAsync(HttpMethod.Get, "/api/v1/jobs", token);

        _database.Close();
        using var read = await SendAsync(HttpMethod.Get, "/api/v1/jobs", token);
        using var written = await SendAsync(HttpMethod.Post, "/api/v1/jobs", token, Create);
        using var health = await SendAsync(HttpMethod.Get, "/health", token: null);
        _database.Open();
        using var after = await SendAsync(HttpMethod.Post, "/api/v1/jobs", token, Create);

        Assert.Equal((200, 200, 201), ((int)before.StatusCode, (int)health.StatusCode, (int)after.StatusCode));
        await AssertUnavailableAsync(read, "service_unavailable", "This part of the service is not available now.");
        await AssertUnavailableAsync(written, "service_unavailable", "This part of the service is not available now.");

        // The loops of the kernel live on as well: a run that is started now ends.
        var client = new IngestClient(_host.Client, token);
        var created = JsonNode.Parse(await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        await client.UploadAsync(new Uri((string)created["uploadUrls"]!["INPUT_FILE"]!), new MemoryStream("ID\n1\n"u8.ToArray()));
        await client.StartAsync((string)created["uid"]!);
        Assert.Equal("success", (await client.EndedRunAsync((string)created["uid"]!)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Connections_that_the_server_ends_cost_a_503_at_worst()
    {
        var token = await _provider.TokenAsync("create:jobs partner:acme");

        for (var round = 0; round < 3; round++)
        {
            var before = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(HttpMethod.Get, "/api/v1/jobs", token)));
            Assert.Contains(before, answer => (int)answer.StatusCode == 200);
            Assert.True((long)(await ScalarAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))! > 0);
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(HttpMethod.Get, "/api/v1/jobs", token))))
            {
                if ((int)answer.StatusCode != 200)
                {
                    await AssertUnavailableAsync(answer, "service_unavailable", "This part of the service is not available now.");
                }
            }

            // Npgsql finds its broken connections one by one.
            await Eventually.HoldsAsync(async () => (int)(await SendAsync(HttpMethod.Get, "/api/v1/jobs", token)).StatusCode == 200, "the host has recovered");
        }

    }

    public async ValueTask InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync(Audience);
        _s3 = await S3Server.StartAsync();
        _store = Gate.ToTcp(_s3.Url);
        var server = PostgresServer.Get();
        _connection = await server.CreateDatabaseAsync();
        _database = Gate.ToPostgres(Directory.CreateDirectory(_folder.Combine("pg")).FullName, server.SocketFolder);
        _host = await HostProcess.StartAsync(new Dictionary<string, string>
        {
            // Development for the one reason that the provider speaks plain http.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://localhost:0",
            ["DATA_DIRECTORY"] = _folder.Combine("data"),
            ["DATABASE_URL"] = $"postgres://postgres@localhost/{new NpgsqlConnectionStringBuilder(_connection).Database}?host={_folder.Combine("pg")}",
            ["MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["EXTERNAL_API_TOKEN_ISSUER"] = _provider.Issuer.AbsoluteUri.TrimEnd('/'),
            ["EXTERNAL_API_TOKEN_AUDIENCE"] = Audience,
            ["S3_BUCKET"] = _s3.Bucket,
            ["S3_ENDPOINT_URL"] = $"http://{_store.Address}",
            ["AWS_ACCESS_KEY_ID"] = S3Server.Credentials.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = S3Server.Credentials.SecretKey,
            ["AWS_REGION"] = S3Server.Credentials.Region,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _database?.Dispose();
        _store?.Dispose();
        if (_s3 is not null)
        {
            await _s3.DisposeAsync();
        }

        _provider?.Dispose();
        _folder.Dispose();
    }

    private static string Member(string json, string name) => (string)JsonNode.Parse(json)![name]!;

    private static async Task AssertUnavailableAsync(HttpResponseMessage answer, string code, string message)
    {
        Assert.Equal((503, "5"), ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        Assert.Equal(
            $$"""{"message":"{{message}}","error":"Service Unavailable","statusCode":503,"code":"{{code}}"}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task AssertStoredAsync(string jobUid, string runUid)
    {
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_jobs where uid = '{jobUid}' and partner = 'acme' and tenant = 'acme' and client_id = 'walk-client' and client_issuer = '{_provider.Issuer.AbsoluteUri.TrimEnd('/')}'"));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_runs where uid = '{runUid}' and job_uid = '{jobUid}' and status = 2 and finished_at is not null"));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_runs where job_uid = '{jobUid}'"));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_files where job_uid = '{jobUid}' and name = 'sat_results.csv' and size = 36 and frozen_key is not null"));
        Assert.Equal(0L, await ScalarAsync("select count(*) from switchyard.ingest_run_errors"));
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
