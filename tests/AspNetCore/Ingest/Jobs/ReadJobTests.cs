using Microsoft.Extensions.DependencyInjection;
using Switchyard.AspNetCore.Ingest.Tests.Http;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

public sealed class ReadJobTests : IAsyncLifetime
{
    private IngestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await IngestApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task New_job_is_shown_as_created()
    {
        var uid = await Submissions.CreateAsync(_app);

        var answer = await _app.GetAsync($"/api/v1/jobs/{uid}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            $$$"""{"uid":"{{{uid}}}","partner":"acme","tenant":"acme","bundle":"assessments/PSAT_SAT","schoolYear":"2526","params":{"TEST_TYPE":"SAT"},"createdAt":"2026-03-02T08:00:00Z","status":"created","files":[{"key":"INPUT_FILE","name":"sat_results.csv","size":null,"status":"url_generated"}],"runs":[]}""",
            answer.Body);
    }

    [Fact]
    public async Task Run_is_shown_with_summary_and_errors()
    {
        var (job, run) = await Submissions.StartAsync(_app);
        await _app.Services.GetRequiredService<IIngestRunStore>().FinishAsync(
            new IngestRunFinished
            {
                RunUid = run,
                Success = false,
                At = _app.Clock.GetUtcNow(),
                Engine = "callback",
                Summary = """{"INPUT_FILE":{"records_processed":3,"records_skipped":0,"records_failed":1}}""",
                Errors = [new IngestRunError("bad_rows", "One row isn't good.", """{"hidden":true}""")],
            },
            TestContext.Current.CancellationToken);

        var answer = await _app.GetAsync($"/api/v1/jobs/{job}");

        var started = answer.Json["runs"]![0]!["startedAt"]?.ToJsonString() ?? "null";
        Assert.Equal("error", (string?)answer.Json["status"]);
        Assert.Equal("""[{"key":"INPUT_FILE","name":"sat_results.csv","size":5,"status":"upload_complete"}]""", answer.Json["files"]!.ToJsonString());
        Assert.Equal(
            $$$"""[{"uid":"{{{run}}}","status":"error","startedAt":{{{started}}},"finishedAt":"2026-03-02T08:00:00Z","engine":"callback","summary":{"INPUT_FILE":{"records_processed":3,"records_skipped":0,"records_failed":1}},"errors":[{"code":"bad_rows","message":"One row isn't good."}]}]""",
            answer.Body[(answer.Body.IndexOf("\"runs\":", StringComparison.Ordinal) + 7)..^1]);
    }

    [Fact]
    public async Task Job_of_another_partner_is_as_unknown_as_one_that_is_nowhere()
    {
        var uid = await Submissions.CreateAsync(_app);

        var foreign = await _app.GetAsync($"/api/v1/jobs/{uid}", TokenOf.Other);
        var unknown = await _app.GetAsync($"/api/v1/jobs/{Guid.NewGuid()}", TokenOf.Other);

        foreign.IsError(404, "job_not_found", "Not Found", "There is no such job.");
        Assert.Equal(unknown.Body, foreign.Body);
    }

    [Fact]
    public async Task List_is_a_bare_array_newest_first_with_the_total()
    {
        var uids = await CreateAsync(3);

        var all = await _app.GetAsync("/api/v1/jobs");
        var middle = await _app.GetAsync("/api/v1/jobs?partner=acme&skip=1&limit=1");

        Assert.Equal(uids.Reverse(), all.Json.AsArray().Select(job => (Guid)job!["uid"]!));
        Assert.All(all.Json.AsArray(), job => Assert.Null(job!["runs"]));
        Assert.Equal([uids[1]], middle.Json.AsArray().Select(job => (Guid)job!["uid"]!));
        Assert.Equal(("3", "3"), (all.Header("X-Total-Count"), middle.Header("X-Total-Count")));
    }

    [Fact]
    public async Task List_without_a_partner_is_of_all_partners_of_the_token_and_no_other()
    {
        await CreateAsync(1);
        await Submissions.CreateAsync(_app, Submissions.Body(body => (body["partner"], body["tenant"]) = ("other", "theirs")), TokenOf.Other);

        Assert.Equal("1", (await _app.GetAsync("/api/v1/jobs", TokenOf.Acme)).Header("X-Total-Count"));
        Assert.Equal("1", (await _app.GetAsync("/api/v1/jobs", TokenOf.Other)).Header("X-Total-Count"));
        Assert.Equal("2", (await _app.GetAsync("/api/v1/jobs", TokenOf.Both)).Header("X-Total-Count"));
    }

    [Fact]
    public async Task List_of_a_foreign_partner_is_403()
    {
        var answer = await _app.GetAsync("/api/v1/jobs?partner=other");

        answer.IsError(403, "partner_not_granted", "Forbidden", "The token does not grant the partner other.");
    }

    [Theory]
    [InlineData("limit=0", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=1001", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=1e3", "limit must be a whole number from 1 to 1000")]
    [InlineData("limit=1&limit=1000", "limit must be given once")]
    [InlineData("skip=-1", "skip must be a whole number from 0 to 2147483647")]
    [InlineData("skip=%205", "skip must be a whole number from 0 to 2147483647")]
    [InlineData("skip=+5", "skip must be a whole number from 0 to 2147483647")]
    [InlineData("partner=acme&partner=other", "partner must be given once")]
    public async Task Query_that_is_not_strict_is_400(string query, string message)
    {
        var answer = await _app.GetAsync($"/api/v1/jobs?{query}");

        answer.IsError(400, "invalid_query", "Bad Request", message);
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/html")]
    public async Task Answer_is_json_whatever_is_accepted_and_open_to_no_other_origin(string accept)
    {
        var answer = await _app.SendAsync(HttpMethod.Get, "/api/v1/jobs", TokenOf.Acme, null, ("Accept", accept), ("Origin", "null"));

        Assert.Equal((200, "[]"), (answer.Status, answer.Body));
        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/api/v1/jobs/")]
    [InlineData("/api/v1/JOBS")]
    public async Task Spelling_of_the_path_changes_nothing_about_who_may_call(string path)
    {
        Assert.Equal(401, (await _app.GetAsync(path, token: null)).Status);
        Assert.Equal(403, (await _app.GetAsync(path, TokenOf.NoScope)).Status);
        Assert.Equal(200, (await _app.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Original-URL", "/api/v1/token/verify")]
    [InlineData("X-Rewrite-URL", "/api/v1/token/verify")]
    public async Task Headers_that_claim_another_request_are_ignored(string name, string value)
    {
        var answer = await _app.SendAsync(HttpMethod.Get, "/api/v1/jobs", TokenOf.Acme, null, (name, value));

        Assert.Equal((200, "[]"), (answer.Status, answer.Body));
    }

    private async Task<Guid[]> CreateAsync(int count)
    {
        var uids = new Guid[count];
        for (var i = 0; i < count; i++)
        {
            uids[i] = await Submissions.CreateAsync(_app);
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return uids;
    }
}
