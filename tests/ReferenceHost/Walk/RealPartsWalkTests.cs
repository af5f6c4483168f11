using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Npgsql;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>The walk-through against PostgreSQL, a store that verifies signatures as S3 does, and a certified OpenID provider.</summary>
public sealed class RealPartsWalkTests(RealParts parts) : IClassFixture<RealParts>
{
    private const string Create = """{"partner":"acme","tenant":"acme","bundle":"assessments/PSAT_SAT","schoolYear":"2526","files":{"INPUT_FILE":"sat_results.csv"},"params":{"TEST_TYPE":"SAT"}}""";

    [Fact]
    public async Task Four_documented_steps_end_in_a_loaded_run()
    {
        await File.WriteAllTextAsync(parts.Folder.Combine("input_file.csv"), "ID,SCORE\n1,1100\n2,1210\n3,990\n\n4,700\n", TestContext.Current.CancellationToken);
        var url = $"http://localhost:{parts.Host.BaseAddress.Port}";
        var (sentBefore, signedBefore, rowsBefore) = (parts.Store.HttpRequests, parts.S3.Calls.Count, RowsLoaded());

        var token = Member(await Shell.RunAsync(parts.Folder, $$"""
            curl --silent --show-error --fail --request POST \
              --url {{parts.Provider.Issuer}}token \
              --data grant_type=client_credentials --data client_id=walk-client --data client_secret=walk-secret \
              --data-urlencode 'scope=create:jobs partner:acme'
            """), "access_token");
        var created = await Shell.RunAsync(parts.Folder, $$"""
            curl --silent --show-error --fail --request POST \
              --url {{url}}/api/v1/jobs \
              --header 'Authorization: Bearer {{token}}' \
              --header 'Content-Type: application/json' \
              --data '{{Create}}'
            """);
        var uid = Member(created, "uid");
        var upload = (string)JsonNode.Parse(created)!["uploadUrls"]!["INPUT_FILE"]!;
        await Shell.RunAsync(parts.Folder, $"""
            curl --silent --show-error --fail -X PUT \
              -H "Content-Type: application/octet-stream" \
              --data-binary @input_file.csv \
              "{upload}"
            """);
        var started = await Shell.RunAsync(parts.Folder, $$"""
            curl --silent --show-error --fail --write-out '%{http_code}' -X POST \
              --url {{url}}/api/v1/jobs/{{uid}}/start \
              --header 'Authorization: Bearer {{token}}'
            """);
        var run = await new IngestClient(parts.Host.Client, token).EndedRunAsync(uid);

        Assert.Equal("202", started);
        Assert.StartsWith($"http://{parts.Store.Address}/{parts.S3.Bucket}/jobs/acme/acme/{uid}/input/", upload, StringComparison.Ordinal);
        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal("""{"records_processed":5,"records_skipped":1,"records_failed":0}""", run.GetProperty("summary").GetProperty("INPUT_FILE").GetRawText());
        Assert.Equal(4, RowsLoaded() - rowsBefore);
        await AssertStoredAsync(uid, run.GetProperty("uid").GetString()!);

        // What was refused never reached Calls, so nothing was: every request on the wire was signed, and signed well.
        var calls = parts.S3.Calls.Skip(signedBefore).ToList();
        Assert.NotEmpty(calls);
        Assert.Equal(parts.Store.HttpRequests - sentBefore, calls.Count);
        Assert.All(calls, call => Assert.StartsWith($"jobs/acme/acme/{uid}/", call.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_is_never_accepted_while_the_store_is_down_and_works_when_it_is_back()
    {
        var token = await parts.Provider.TokenAsync("create:jobs partner:acme");
        var client = new IngestClient(parts.Host.Client, token);
        var (uid, urls) = await client.CreateAsync("assessments/PSAT_SAT", new Dictionary<string, string> { ["INPUT_FILE"] = "a.csv" }, new Dictionary<string, string> { ["TEST_TYPE"] = "SAT" });
        await client.UploadAsync(urls["INPUT_FILE"], new MemoryStream("ID\n1\n"u8.ToArray()));

        parts.Store.Close();
        using var refused = await SendAsync(HttpMethod.Post, $"/api/v1/jobs/{uid}/start", token);
        var runsWhileDown = await ScalarAsync($"select count(*) from switchyard.ingest_runs where job_uid = '{uid}'");
        parts.Store.Open();
        await client.StartAsync(uid);
        var run = await client.EndedRunAsync(uid);

        await AssertUnavailableAsync(refused, "blob_store_unavailable", "The file store can't be reached. Try again later.");
        Assert.Equal(0L, runsWhileDown);
        Assert.Equal("success", run.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Api_answers_503_while_the_database_is_gone_and_recovers_by_itself()
    {
        var token = await parts.Provider.TokenAsync("create:jobs partner:acme");
        using var before = await SendAsync(HttpMethod.Get, "/api/v1/jobs", token);

        parts.Database.Close();
        using var read = await SendAsync(HttpMethod.Get, "/api/v1/jobs", token);
        using var written = await SendAsync(HttpMethod.Post, "/api/v1/jobs", token, Create);
        using var health = await SendAsync(HttpMethod.Get, "/health", token: null);
        parts.Database.Open();
        using var after = await SendAsync(HttpMethod.Post, "/api/v1/jobs", token, Create);

        Assert.Equal((200, 200, 201), ((int)before.StatusCode, (int)health.StatusCode, (int)after.StatusCode));
        await AssertUnavailableAsync(read, "service_unavailable", "This part of the service is not available now.");
        await AssertUnavailableAsync(written, "service_unavailable", "This part of the service is not available now.");

        // The loops of the kernel live on as well: a run that is started now ends.
        var client = new IngestClient(parts.Host.Client, token);
        var created = JsonNode.Parse(await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        await client.UploadAsync(new Uri((string)created["uploadUrls"]!["INPUT_FILE"]!), new MemoryStream("ID\n1\n"u8.ToArray()));
        await client.StartAsync((string)created["uid"]!);
        Assert.Equal("success", (await client.EndedRunAsync((string)created["uid"]!)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Connections_that_the_server_ends_cost_a_503_at_worst()
    {
        var token = await parts.Provider.TokenAsync("create:jobs partner:acme");

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

    private long RowsLoaded()
    {
        try
        {
            return Analytics.Rows(parts.Folder.Combine("data"), "acme", "acme", "assessments/PSAT_SAT__INPUT_FILE");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Nothing was loaded yet.
            return 0;
        }
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
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_jobs where uid = '{jobUid}' and partner = 'acme' and tenant = 'acme' and client_id = 'walk-client' and client_issuer = '{parts.Provider.Issuer.AbsoluteUri.TrimEnd('/')}'"));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_runs where uid = '{runUid}' and job_uid = '{jobUid}' and status = 2 and finished_at is not null"));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_runs where job_uid = '{jobUid}'"));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from switchyard.ingest_files where job_uid = '{jobUid}' and name = 'sat_results.csv' and size = 36 and frozen_key is not null"));
        Assert.Equal(0L, await ScalarAsync("select count(*) from switchyard.ingest_run_errors"));
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(parts.Connection + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await parts.Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
