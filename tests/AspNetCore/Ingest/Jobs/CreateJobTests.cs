using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.AspNetCore.Ingest.Tests.Http;
using Switchyard.Blobs;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

public sealed class CreateJobTests : IClassFixture<IngestAppFixture>, IAsyncLifetime
{
    private const string Path = "/api/v1/jobs";
    private readonly IngestApp _app;
    private (long Jobs, int Runs, int Blobs) _before;

    public CreateJobTests(IngestAppFixture fixture) => _app = fixture.App;

    public async ValueTask InitializeAsync() => _before = await _app.CountAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Good_submission_is_201_with_its_address_and_a_url_for_each_file()
    {
        var answer = await _app.PostAsync(Path, Submissions.Body());

        var uid = (Guid)answer.Json["uid"]!;
        var url = new Uri((string)answer.Json["uploadUrls"]!["INPUT_FILE"]!);
        Assert.Equal(201, answer.Status);
        Assert.Equal($$$"""{"uid":"{{{uid}}}","uploadUrls":{"INPUT_FILE":"{{{url.AbsoluteUri}}}"}}""", answer.Body);
        Assert.Equal($"/api/v1/jobs/{uid}", answer.Header("Location"));
        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal(_before with { Jobs = _before.Jobs + 1 }, await _app.CountAsync());
    }

    [Fact]
    public async Task Upload_url_is_on_the_host_and_its_key_holds_no_text_of_the_client()
    {
        var answer = await _app.PostAsync(Path, Submissions.Body());

        var url = new Uri((string)answer.Json["uploadUrls"]!["INPUT_FILE"]!);
        Assert.Equal("host.example", url.Host);
        Assert.Matches($"^/blobs/jobs/acme/acme/{answer.Json["uid"]}/input/[0-9a-f-]{{36}}$", url.AbsolutePath);
        Assert.Equal(["expires", "signature"], HttpUtility.ParseQueryString(url.Query).AllKeys.Order().Where(name => name is "expires" or "signature"));
    }

    [Fact]
    public async Task Unknown_members_are_ignored_whatever_they_claim()
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body =>
        {
            body["uid"] = Guid.Empty.ToString();
            body["status"] = "success";
            body["storagePrefix"] = "jobs/other";
        }));

        Assert.Equal(201, answer.Status);
        var job = (await _app.GetAsync($"{Path}/{answer.Json["uid"]}")).Json;
        Assert.NotEqual(Guid.Empty, (Guid)answer.Json["uid"]!);
        Assert.Equal("created", (string?)job["status"]);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_the_types_is_said_at_once()
    {
        var answer = await _app.PostAsync(Path, """
            {"partner":1,"tenant":"","bundle":null,"schoolYear":2526,"files":{"INPUT_FILE":null,"OTHER":["x"]},"params":{"TEST_TYPE":8,"FLAG":true,"FINE":null}}
            """);

        answer.IsInvalid(
            "partner must be a non-empty string",
            "tenant must be a non-empty string",
            "bundle must be a non-empty string",
            "schoolYear must be a string of four digits, such as 2526",
            "files.INPUT_FILE must be a string",
            "files.OTHER must be a string",
            "params.TEST_TYPE must be a string or null",
            "params.FLAG must be a string or null");
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Empty_object_names_every_member_that_is_missing()
    {
        var answer = await _app.PostAsync(Path, "{}");

        answer.IsInvalid(
            "partner must be a non-empty string",
            "tenant must be a non-empty string",
            "bundle must be a non-empty string",
            "schoolYear must be a string of four digits, such as 2526",
            "files must be an object");
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("\"25\"")]
    [InlineData("\"25-26\"")]
    [InlineData("\"２５２６\"")]
    [InlineData("\"25260\"")]
    [InlineData("\" 2526\"")]
    [InlineData("2526")]
    [InlineData("null")]
    public async Task School_year_that_is_not_four_digits_is_a_violation(string year)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["schoolYear"] = JsonNode.Parse(year)));

        answer.IsInvalid("schoolYear must be a string of four digits, such as 2526");
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("2527")]
    [InlineData("2525")]
    public async Task School_year_whose_halves_do_not_follow_each_other_is_400(string year)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["schoolYear"] = year));

        answer.IsError(400, "invalid_school_year", "Bad Request", $"{year} is not a school year, such as 2526 for 2025-26.");
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task School_year_over_the_turn_of_a_century_is_good() =>
        await Submissions.CreateAsync(_app, Submissions.Body(body => body["schoolYear"] = "9900"));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"INPUT_FILE\"")]
    public async Task Files_that_are_no_object_are_a_violation(string files)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["files"] = JsonNode.Parse(files)));

        answer.IsInvalid("files must be an object");
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Params_may_be_null_but_no_list()
    {
        var absent = await _app.PostAsync(Path, Submissions.Body(body => body["params"] = null));
        var list = await _app.PostAsync(Path, Submissions.Body(body => body["params"] = new JsonArray()));

        absent.IsError(400, "missing_required_params", "Bad Request", "Required params are missing: TEST_TYPE.");
        list.IsInvalid("params must be an object");
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Violations_are_many_but_not_endless_and_their_names_are_cut()
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["files"] = new JsonObject(
            Enumerable.Range(0, 1001).Select(number => KeyValuePair.Create<string, JsonNode?>(new string('k', 10_000) + number, 1)))));

        Assert.Equal(413, answer.Status);
        var smaller = await _app.PostAsync(Path, Submissions.Body(body => body["files"] = new JsonObject(
            Enumerable.Range(0, 1001).Select(number => KeyValuePair.Create<string, JsonNode?>(new string('k', 200) + number, 1)))));
        smaller.IsInvalid([.. Enumerable.Repeat($"files.{new string('k', 100)}… must be a string", 50)]);
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("other", "other")]
    [InlineData("ACME", "ACME")]
    [InlineData("acme/../other", "acme/../other")]
    [InlineData("acme%2f", "acme%2f")]
    [InlineData(" acme", " acme")]
    [InlineData("*", "*")]
    public async Task Partner_that_the_token_does_not_grant_is_403(string partner, string shown)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["partner"] = partner));

        answer.IsError(403, "partner_not_granted", "Forbidden", $"The token does not grant the partner {shown}.");
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Partner_of_a_megabyte_is_refused_without_being_repeated()
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["partner"] = new string('p', 1_000_000)));

        answer.IsError(403, "partner_not_granted", "Forbidden", $"The token does not grant the partner {new string('p', 100)}....");
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData("nobody")]
    [InlineData("ACME")]
    [InlineData("../acme")]
    public async Task Tenant_of_another_partner_is_as_unknown_as_one_that_is_nowhere(string tenant)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["tenant"] = tenant));

        answer.IsError(400, "tenant_not_found", "Bad Request", $"The tenant {tenant} does not exist for this partner.");
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("assessments/../../etc")]
    [InlineData("/assessments/PSAT_SAT")]
    [InlineData("assessments\\PSAT_SAT")]
    [InlineData("http://evil.example/x")]
    [InlineData("assessments/PSAT_SAT%00")]
    [InlineData("assessments/psat_sat")]
    [InlineData("assessments/")]
    [InlineData("assessments/ACT")]
    public async Task Bundle_that_is_not_enabled_is_as_unknown_as_one_that_is_nowhere(string bundle)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["bundle"] = bundle));

        answer.IsError(400, "bundle_not_enabled", "Bad Request", $"The bundle {bundle} was not found or is not enabled for this partner.");
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("""{}""", "missing_required_files", "Required files are missing: INPUT_FILE.")]
    [InlineData("""{"INPUT_FILE":"a.csv","OTHER":"b.csv"}""", "unexpected_files", "The bundle takes no such files: OTHER.")]
    [InlineData("""{"INPUT_FILE ":"a.csv"}""", "unexpected_files", "The bundle takes no such files: INPUT_FILE .")]
    [InlineData("""{"__proto__":"a.csv"}""", "unexpected_files", "The bundle takes no such files: __proto__.")]
    [InlineData("""{"../X":"a.csv"}""", "unexpected_files", "The bundle takes no such files: ../X.")]
    public async Task Files_that_the_bundle_does_not_take_are_400(string files, string code, string message)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["files"] = JsonNode.Parse(files)));

        answer.IsError(400, code, "Bad Request", message);
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("../../x.csv")]
    [InlineData("a/b.csv")]
    [InlineData("C:\\x")]
    [InlineData("\\\\host\\share")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("x\r\n.csv")]
    [InlineData("\u001b[2J.csv")]
    public async Task File_name_with_a_path_or_control_characters_is_400(string name)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["files"]!["INPUT_FILE"] = name));

        answer.IsError(
            400, "invalid_file_names", "Bad Request", "File names must be 1 to 255 characters without path or control characters; these are not: INPUT_FILE.");
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task File_name_of_256_characters_is_400_and_of_255_is_good()
    {
        var long256 = await _app.PostAsync(Path, Submissions.Body(body => body["files"]!["INPUT_FILE"] = new string('x', 256)));
        Assert.Equal("invalid_file_names", (string?)long256.Json["code"]);
        await NothingIsStoredAsync();

        await Submissions.CreateAsync(_app, Submissions.Body(body => body["files"]!["INPUT_FILE"] = new string('x', 255)));
    }

    [Theory]
    [InlineData("con.csv", "con.csv")]
    [InlineData("x\";y.csv", "x\";y.csv")]
    [InlineData("\u202etxt.csv", "\u202etxt.csv")]
    [InlineData("%2e%2e%2f", "%2e%2e%2f")]
    [InlineData("  a b.csv ", "a b.csv")]
    [InlineData("a\u0308.csv", "a\u0308.csv")]
    public async Task Odd_file_name_is_kept_for_display_alone(string name, string shown)
    {
        var uid = await Submissions.CreateAsync(_app, Submissions.Body(body => body["files"]!["INPUT_FILE"] = name));

        var job = (await _app.GetAsync($"{Path}/{uid}")).Json;
        Assert.Equal(shown, (string?)job["files"]![0]!["name"]);
        var stored = await _app.Services.GetRequiredService<IIngestJobStore>().FindAsync(uid, TestContext.Current.CancellationToken);
        Assert.Matches($"^jobs/acme/acme/{uid}/input/[0-9a-f-]{{36}}$", stored!.Files[0].ObjectKey);
    }

    [Theory]
    [InlineData("""{}""", "missing_required_params", "Required params are missing: TEST_TYPE.")]
    [InlineData("""{"TEST_TYPE":null}""", "missing_required_params", "Required params are missing: TEST_TYPE.")]
    [InlineData("""{"TEST_TYPE":"ACT"}""", "invalid_param_values", "These params have values that are not allowed: TEST_TYPE (allowed: PSAT 8/9 | PSAT 10 | PSAT/NMSQT | SAT).")]
    [InlineData("""{"TEST_TYPE":"sat"}""", "invalid_param_values", "These params have values that are not allowed: TEST_TYPE (allowed: PSAT 8/9 | PSAT 10 | PSAT/NMSQT | SAT).")]
    [InlineData("""{"TEST_TYPE":"$(id)"}""", "invalid_param_values", "These params have values that are not allowed: TEST_TYPE (allowed: PSAT 8/9 | PSAT 10 | PSAT/NMSQT | SAT).")]
    [InlineData("""{"TEST_TYPE":"SAT","LD_PRELOAD":"x"}""", "unexpected_params", "The bundle takes no such params: LD_PRELOAD.")]
    public async Task Params_that_the_bundle_does_not_take_are_400(string values, string code, string message)
    {
        var answer = await _app.PostAsync(Path, Submissions.Body(body => body["params"] = JsonNode.Parse(values)));

        answer.IsError(400, code, "Bad Request", message);
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Blob_store_that_cannot_be_reached_is_503_and_nothing_is_stored()
    {
        await using var app = await IngestApp.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<IBlobStore, BrokenBlobStore>()));

        var answer = await app.PostAsync(Path, Submissions.Body());

        answer.IsError(503, "blob_store_unavailable", "Service Unavailable", "The file store can't be reached. Try again later.");
        Assert.Equal("5", answer.Header("Retry-After"));
        Assert.Equal((0L, 0, 0), await app.CountAsync());
    }

    private async Task NothingIsStoredAsync() => Assert.Equal(_before, await _app.CountAsync());
}
