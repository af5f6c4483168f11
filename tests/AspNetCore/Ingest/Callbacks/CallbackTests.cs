using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.AspNetCore.Ingest.Tests.Http;
using Switchyard.AspNetCore.Ingest.Tests.Jobs;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Tests.Callbacks;

public sealed class CallbackTests : IAsyncLifetime
{
    private IngestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await IngestApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Executor_takes_a_run_reads_its_job_reports_and_ends_it()
    {
        var (job, run) = await WaitingRunAsync();
        var handedOut = await _app.PostAsync("/api/earthbeam/next", null, TokenOf.Executor);
        var init = handedOut.Json;
        Assert.Equal(["runId", "initToken", "initJobUrl", "timeoutSeconds"], init.AsObject().Select(member => member.Key));
        Assert.Equal((run, $"http://host.example/api/earthbeam/auth/{run}/init", 3600), ((Guid)init["runId"]!, (string)init["initJobUrl"]!, (int)init["timeoutSeconds"]!));

        var begun = await _app.GetAsync(PathOf((string)init["initJobUrl"]!), (string)init["initToken"]!);
        Assert.Equal(200, begun.Status);
        Assert.Equal(["token", "jobUrl"], begun.Json.AsObject().Select(member => member.Key));
        Assert.Equal($"http://host.example/api/earthbeam/jobs/{run}", (string)begun.Json["jobUrl"]!);
        var token = (string)begun.Json["token"]!;

        var description = await _app.GetAsync($"/api/earthbeam/jobs/{run}", token);
        IsDescription(description, job, run);

        Assert.Equal((201, ""), await ReportAsync(run, token, "status", """{"action":"earthmover_run","status":"success"}"""));
        Assert.Equal((201, ""), await ReportAsync(run, token, "status", """{"action":"earthmover_run","status":"success"}"""));
        Assert.Equal((201, ""), await ReportAsync(run, token, "error", """{"code":"row_lost","payload":{"line":3}}"""));
        Assert.Equal((201, ""), await ReportAsync(run, token, "summary", """{"studentAssessments":{"records_processed":1}}"""));
        Assert.Equal((201, ""), await ReportAsync(run, token, "summary", "null"));
        Assert.Equal((201, ""), await ReportAsync(run, token, "unmatched-ids", """{"name":"id","type":"District","count":2,"more":1}"""));
        Assert.Equal((201, ""), await ReportAsync(run, token, "status", """{"action":"done","status":"success"}"""));

        var shown = (await _app.GetAsync($"/api/v1/jobs/{job}")).Json;
        Assert.Equal("success", (string?)shown["status"]);
        Assert.Equal("""{"studentAssessments":{"records_processed":1}}""", shown["runs"]![0]!["summary"]!.ToJsonString());
        Assert.Equal("row_lost", (string?)shown["runs"]![0]!["errors"]![0]!["code"]);
        Assert.Equal("""{"name":"id","type":"District","count":2}""", (await StoredAsync(run)).UnmatchedIds);
    }

    [Fact]
    public async Task Nothing_waiting_is_204()
    {
        var answer = await _app.PostAsync("/api/earthbeam/next", null, TokenOf.Executor);

        Assert.Equal((204, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Init_token_is_good_once_and_for_nothing_else()
    {
        var (_, run) = await WaitingRunAsync();
        var init = await InitTokenAsync();

        IsUnauthorized(await _app.GetAsync($"/api/earthbeam/jobs/{run}", init), "Bearer error=\"invalid_token\"");
        Assert.Equal(200, (await _app.GetAsync($"/api/earthbeam/auth/{run}/init", init)).Status);
        var again = await _app.GetAsync($"/api/earthbeam/auth/{run}/init", init);

        again.IsError(401, "invalid_token", "Unauthorized", "The token is missing, invalid, expired, used or replaced by a later one.");
        Assert.Equal("Bearer error=\"invalid_token\"", again.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Access_token_does_not_begin_a_run()
    {
        var (run, token) = await BegunRunAsync();

        IsUnauthorized(await _app.GetAsync($"/api/earthbeam/auth/{run}/init", token), "Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task Token_of_another_run_is_403_and_reports_nothing()
    {
        var (run, _) = await BegunRunAsync();
        var (_, other) = await BegunRunAsync();

        var answer = await _app.PostAsync($"/api/earthbeam/jobs/{run}/status", """{"action":"done","status":"success"}""", other);

        answer.IsError(403, "forbidden", "Forbidden", "The credentials of the request do not allow this.");
        Assert.Equal(IngestRunStatus.Running, (await StoredAsync(run)).Status);
    }

    [Fact]
    public async Task Token_of_an_attempt_that_another_replaced_is_401()
    {
        var (run, token) = await BegunRunAsync();
        await _app.Services.GetRequiredService<IIngestRunStore>().BeginAttemptAsync(run, 2, running: false, TestContext.Current.CancellationToken);

        IsUnauthorized(await _app.GetAsync($"/api/earthbeam/jobs/{run}", token), "Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task Expired_token_is_401()
    {
        var (run, token) = await BegunRunAsync();
        _app.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        IsUnauthorized(await _app.GetAsync($"/api/earthbeam/jobs/{run}", token), "Bearer error=\"invalid_token\"");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a b")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData(TokenOf.Executor)]
    public async Task Foreign_token_is_401_before_the_body_is_looked_at(string token)
    {
        var (run, _) = await BegunRunAsync();

        IsUnauthorized(await _app.PostAsync($"/api/earthbeam/jobs/{run}/status", "{", token, "text/plain"), "Bearer error=\"invalid_token\"");
        IsUnauthorized(await _app.PostAsync($"/api/earthbeam/jobs/{run}/status", "{", token: null, "text/plain"), "Bearer");
    }

    [Fact]
    public async Task Run_id_that_is_no_uuid_is_400_for_whoever_has_a_good_token_and_else_401()
    {
        var (_, token) = await BegunRunAsync();

        (await _app.GetAsync("/api/earthbeam/jobs/1", token)).IsError(400, "invalid_uid", "Bad Request", "The path needs a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.");
        IsUnauthorized(await _app.GetAsync("/api/earthbeam/jobs/1", "garbage"), "Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task Client_token_can_not_take_runs()
    {
        (await _app.PostAsync("/api/earthbeam/next", null)).IsError(403, "forbidden", "Forbidden", "The credentials of the request do not allow this.");
    }

    [Fact]
    public async Task Callback_tokens_are_401_where_no_key_is_set()
    {
        await using var app = await IngestApp.StartAsync(builder => builder.Services.PostConfigure<IngestOptions>(options =>
        {
            options.Executor = "elsewhere";
            options.CallbackKey = null;
        }));

        IsUnauthorized(
            await app.GetAsync($"/api/earthbeam/jobs/{Guid.NewGuid()}", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA"), "Bearer error=\"invalid_token\"");
    }

    [Theory]
    [InlineData("status", """{"action":"","status":1}""", "action must be a non-empty string", "status must be a non-empty string")]
    [InlineData("status", "{}", "action must be a non-empty string", "status must be a non-empty string")]
    [InlineData("error", """{"payload":{}}""", "code must be a non-empty string")]
    [InlineData("unmatched-ids", """{"name":"x","count":-1}""", "type must be a non-empty string", "count must be a whole number, not negative")]
    [InlineData("unmatched-ids", """{"name":"x","type":"y","count":"1"}""", "count must be a whole number, not negative")]
    [InlineData("unmatched-ids", """{"name":"x","type":"y","count":1.5}""", "count must be a whole number, not negative")]
    public async Task Report_with_wrong_members_is_400_and_stores_nothing(string report, string body, params string[] violations)
    {
        var (run, token) = await BegunRunAsync();
        var before = await StoredAsync(run);

        (await _app.PostAsync($"/api/earthbeam/jobs/{run}/{report}", body, token)).IsInvalid(violations);

        Assert.Equivalent(before, await StoredAsync(run), strict: true);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("error")]
    [InlineData("summary")]
    [InlineData("unmatched-ids")]
    public async Task Report_in_another_media_type_or_syntax_is_415_or_400(string report)
    {
        var (run, token) = await BegunRunAsync();
        var before = await StoredAsync(run);

        Assert.Equal(415, (await _app.PostAsync($"/api/earthbeam/jobs/{run}/{report}", "{}", token, "text/plain")).Status);
        Assert.Equal(400, (await _app.PostAsync($"/api/earthbeam/jobs/{run}/{report}", "{", token)).Status);
        Assert.Equal(400, (await _app.PostAsync($"/api/earthbeam/jobs/{run}/{report}", """{"action":"\u0000"}""", token)).Status);
        Assert.Equivalent(before, await StoredAsync(run), strict: true);
    }

    private static void IsUnauthorized(Answer answer, string challenge)
    {
        answer.IsError(401, "unauthorized", "Unauthorized", "The request needs a valid access token.");
        Assert.Equal(challenge, answer.Header("WWW-Authenticate"));
    }

    private static void IsDescription(Answer answer, Guid job, Guid run)
    {
        var json = answer.Json;
        Assert.Equal(200, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(
            ["appDataBasePath", "inputFiles", "inputUrls", "outputUrls", "inputParams", "customDescriptorMappings", "bundle", "appUrls", "assessmentDatastore"],
            json.AsObject().Select(member => member.Key));
        Assert.Equal($"jobs/acme/acme/{job}", (string?)json["appDataBasePath"]);
        Assert.Equal("""{"INPUT_FILE":"INPUT_FILE__sat_results.csv"}""", json["inputFiles"]!.ToJsonString());
        Assert.StartsWith("http://host.example/blobs/", (string?)json["inputUrls"]!["INPUT_FILE"], StringComparison.Ordinal);
        Assert.Equal("""{"TEST_TYPE":"SAT","API_YEAR":"2026"}""", json["inputParams"]!.ToJsonString());
        Assert.Equal("""{"path":"assessments/PSAT_SAT","branch":"main"}""", json["bundle"]!.ToJsonString());
        Assert.Equal(
            new JsonObject(new[] { ("status", "status"), ("error", "error"), ("summary", "summary"), ("unmatchedIds", "unmatched-ids") }
                .Select(url => KeyValuePair.Create<string, JsonNode?>(url.Item1, $"http://host.example/api/earthbeam/jobs/{run}/{url.Item2}"))).ToJsonString(),
            json["appUrls"]!.ToJsonString());
        Assert.Equal(
            """{"apiYear":2026,"url":"https://ods.example.org/2526","clientId":null,"clientSecret":null}""", json["assessmentDatastore"]!.ToJsonString());
    }

    private static string PathOf(string url) => new Uri(url).AbsolutePath;

    private async Task<(int Status, string Body)> ReportAsync(Guid run, string token, string report, string body)
    {
        var answer = await _app.PostAsync($"/api/earthbeam/jobs/{run}/{report}", body, token);
        return (answer.Status, answer.Body);
    }

    private async Task<(Guid Job, Guid Run)> WaitingRunAsync()
    {
        var (job, run) = await Submissions.StartAsync(_app);

        // What the kernel's worker does by the callback executor.
        await _app.Services.GetRequiredService<IIngestRunStore>().BeginAttemptAsync(run, 1, running: false, TestContext.Current.CancellationToken);
        return (job, run);
    }

    private async Task<string> InitTokenAsync() => (string)(await _app.PostAsync("/api/earthbeam/next", null, TokenOf.Executor)).Json["initToken"]!;

    private async Task<(Guid Run, string Token)> BegunRunAsync()
    {
        var (_, run) = await WaitingRunAsync();
        var begun = await _app.GetAsync($"/api/earthbeam/auth/{run}/init", await InitTokenAsync());
        return (run, (string)begun.Json["token"]!);
    }

    private async Task<IngestRun> StoredAsync(Guid run) =>
        (await _app.Services.GetRequiredService<IIngestRunStore>().FindAsync(run, TestContext.Current.CancellationToken))!.Run;
}
