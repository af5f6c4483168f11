using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Switchyard.ReferenceHost.Tests.Configuration;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Every endpoint of the documented API: statuses, members, and what they hold.</summary>
public sealed partial class SeedTests(DevelopmentHost fixture) : IClassFixture<DevelopmentHost>
{
    private const string Policies = ""","misfire_policy":"skip","catch_up_window_seconds":60,"overlap_policy":"buffer_one","timezone":"europe/berlin","enabled":false""";

    private static readonly string[] JobMembers =
    [
        "id", "account_id", "name", "schedule", "type", "timezone", "enabled", "last_run_at", "next_run_at",
        "misfire_policy", "catch_up_window_seconds", "overlap_policy", "created_at", "updated_at",
    ];

    private static readonly string[] WebhookMembers =
    [
        "id", "job_id", "url", "method", "headers", "query_params", "body_template", "timeout_seconds", "disabled_at", "disabled_reason", "created_at", "updated_at",
    ];

    [Fact]
    public async Task A_job_is_made_with_the_documented_defaults_and_found_where_the_answer_says()
    {
        var client = await UserAsync("ada");

        var created = await client.PostAsync("/api/jobs", $$"""{"account_id":"{{AccountOf("ada")}}","name":"Daily Backup","schedule":"0 2 * * *","type":1}""");

        Assert.Equal(201, created.Status);
        Assert.Equal(JobMembers, created.Members);
        var job = created.Json;
        Assert.Equal(
            (AccountOf("ada"), "Daily Backup", "0 2 * * *", 1, "UTC", true, "fire_once", "allow"),
            ((string?)job["account_id"], (string?)job["name"], (string?)job["schedule"], (int)job["type"]!, (string?)job["timezone"], (bool)job["enabled"]!, (string?)job["misfire_policy"], (string?)job["overlap_policy"]));
        Assert.Null(job["last_run_at"]);
        Assert.Null(job["catch_up_window_seconds"]);
        Assert.Matches("^[0-9-]{10}T02:00:00Z$", (string?)job["next_run_at"]);
        Assert.Matches(Instant(), (string?)job["created_at"]);
        Assert.Equal((string?)job["created_at"], (string?)job["updated_at"]);
        Assert.Equal($"/api/jobs/{job["id"]}", created.Header("Location"));
        var found = await client.GetAsync(created.Header("Location")!);
        Assert.Equal((200, created.Body), (found.Status, found.Body));
    }

    [Fact]
    public async Task All_that_a_job_can_say_is_kept_and_a_disabled_one_still_tells_its_next_run()
    {
        var client = await UserAsync("bea");

        var job = await client.CreateJobAsync("30 6 * * 1", AccountOf("bea"), "N \u202e 😀", Policies);

        Assert.Equal(
            ("Europe/Berlin", false, "skip", 60, "buffer_one", "N \u202e 😀"),
            ((string?)job["timezone"], (bool)job["enabled"]!, (string?)job["misfire_policy"], (int)job["catch_up_window_seconds"]!, (string?)job["overlap_policy"], (string?)job["name"]));
        Assert.Matches("^[0-9-]{10}T0[45]:30:00Z$", (string?)job["next_run_at"]);
    }

    [Fact]
    public async Task Jobs_are_listed_oldest_first_by_account_and_state()
    {
        var client = await UserAsync("cyd");
        var first = await client.CreateJobAsync(account: AccountOf("cyd"), name: "1");
        var second = await client.CreateJobAsync(account: AccountOf("cyd"), name: "2", more: ",\"enabled\":false");
        var list = $"/api/jobs?account_id={AccountOf("cyd")}";

        var all = await client.GetAsync(list);
        var page = await client.GetAsync(list + "&skip=1&limit=1");
        var enabled = await client.GetAsync(list + "&enabled=true");
        var beyond = await client.GetAsync(list + "&skip=2147483647&limit=1000&enabled=false");

        Assert.Equal(["items", "total", "skip", "limit"], all.Members);
        Assert.Equal($"[{first.ToJsonString()},{second.ToJsonString()}]", all.Json["items"]!.ToJsonString());
        Assert.Equal((2, 0, 100), Page(all));
        Assert.Equal($"[{second.ToJsonString()}]", page.Json["items"]!.ToJsonString());
        Assert.Equal((2, 1, 1), Page(page));
        Assert.Equal($"[{first.ToJsonString()}]", enabled.Json["items"]!.ToJsonString());
        Assert.Equal((1, 0, 100), Page(enabled));
        Assert.Equal(("[]", (1, 2147483647, 1000)), (beyond.Json["items"]!.ToJsonString(), Page(beyond)));
    }

    [Fact]
    public async Task A_change_takes_what_it_names_and_leaves_the_rest()
    {
        var client = await UserAsync("dot");
        var job = await client.CreateJobAsync(account: AccountOf("dot"));
        var path = $"/api/jobs/{job["id"]}";

        var changed = await client.SendAsync("PUT", path, """{"name":"Updated Job Name","schedule":"0 3 * * *","type":2,"timezone":"America/New_York","enabled":false}""");
        var same = await client.SendAsync("PUT", path, """{"name":null,"schedule":null,"type":null,"timezone":null,"enabled":null,"misfire_policy":null}""");
        var empty = await client.SendAsync("PUT", path, $$"""{"account_id":"{{AccountOf("dot")}}","id":"x","created_at":"2001-01-01T00:00:00Z","is_admin":true}""");

        changed.Is(200, JobMembers);
        Assert.Equal(
            ("Updated Job Name", "0 3 * * *", 2, "America/New_York", false),
            ((string?)changed.Json["name"], (string?)changed.Json["schedule"], (int)changed.Json["type"]!, (string?)changed.Json["timezone"], (bool)changed.Json["enabled"]!));
        Assert.Matches("^[0-9-]{10}T0[78]:00:00Z$", (string?)changed.Json["next_run_at"]);
        Assert.Equal((string?)job["created_at"], (string?)changed.Json["created_at"]);
        Assert.NotEqual((string?)job["updated_at"], (string?)changed.Json["updated_at"]);
        Assert.Equal((200, changed.Body), (same.Status, same.Body));
        Assert.Equal((200, changed.Body), (empty.Status, empty.Body));
    }

    [Fact]
    public async Task Enabling_and_disabling_are_repeatable()
    {
        var client = await UserAsync("eve");
        var job = await client.CreateJobAsync(account: AccountOf("eve"));

        var off = await client.SendAsync("PATCH", $"/api/jobs/{job["id"]}/disable", null);
        var again = await client.SendAsync("PATCH", $"/api/jobs/{job["id"]}/disable", null);
        var on = await client.SendAsync("PATCH", $"/api/jobs/{job["id"]}/enable", null);

        off.Is(200, ["id", "enabled", "updated_at"]);
        Assert.Equal(((string?)job["id"], false), ((string?)off.Json["id"], (bool)off.Json["enabled"]!));
        Assert.Matches(Instant(), (string?)off.Json["updated_at"]);
        Assert.Equal((200, off.Body), (again.Status, again.Body));
        Assert.True((bool)on.Json["enabled"]!);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_with_all_that_hung_on_it()
    {
        var client = await UserAsync("fay");
        var job = await client.CreateJobAsync(account: AccountOf("fay"));
        var webhook = await client.CreateWebhookAsync(job, "http://127.0.0.1:9/x");

        var deleted = await client.SendAsync("DELETE", $"/api/jobs/{job["id"]}", null);

        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
        (await client.SendAsync("DELETE", $"/api/jobs/{job["id"]}", null)).IsError(404, "JOB_NOT_FOUND", $"There is no job {job["id"]}.");
        (await client.GetAsync($"/webhooks/{webhook["id"]}")).IsError(404, "WEBHOOK_NOT_FOUND", $"There is no webhook {webhook["id"]}.");
        (await client.GetAsync($"/api/jobs/{job["id"]}/executions")).IsError(404, "JOB_NOT_FOUND", $"There is no job {job["id"]}.");
    }

    [Theory]
    [InlineData("/webhooks")]
    [InlineData("/api/webhooks")]
    public async Task A_webhook_is_made_read_changed_and_removed_at_both_addresses(string at)
    {
        var client = await UserAsync("gil");
        var job = await client.CreateJobAsync(account: AccountOf("gil"));

        var created = await client.PostAsync(at, $$"""
            {"job_id":"{{job["id"]}}","url":"https://api.example.com/webhook","method":"POST",
             "headers":{"Authorization":"Bearer api-key","Content-Type":"application/json"},
             "query_params":{"param1":"value1"},"body_template":"{\"action\": \"backup\"}"}
            """);
        var found = await client.GetAsync($"{at}/{created.Json["id"]}");
        var listed = await client.GetAsync($"{at}?job_id={job["id"]}");
        var changed = await client.SendAsync("PUT", $"{at}/{created.Json["id"]}", """
            {"url":"https://api.example.com/new-webhook","method":"PUT","headers":{"Authorization":"Bearer new-api-key"},"body_template":"{\"action\": \"update\"}"}
            """);
        var deleted = await client.SendAsync("DELETE", $"{at}/{created.Json["id"]}", null);

        created.Is(201, [.. WebhookMembers, "signing_secret"]);
        Assert.Equal($"{at}/{created.Json["id"]}", created.Header("Location"));
        Assert.Equal("""{"Authorization":"Bearer api-key","Content-Type":"application/json"}""", created.Json["headers"]!.ToJsonString());
        Assert.Equal("""{"param1":"value1"}""", created.Json["query_params"]!.ToJsonString());
        Assert.Equal(("{\"action\": \"backup\"}", 30), ((string?)created.Json["body_template"], (int)created.Json["timeout_seconds"]!));
        Assert.Matches("^whsec_[A-Za-z0-9+/]{32,}=*$", (string?)created.Json["signing_secret"]);
        found.Is(200, WebhookMembers);
        Assert.Equal((1, 0, 100), Page(listed));
        Assert.Equal(found.Json.ToJsonString(), listed.Json["items"]![0]!.ToJsonString());
        changed.Is(200, WebhookMembers);
        Assert.Equal(
            ("https://api.example.com/new-webhook", "PUT", """{"Authorization":"Bearer new-api-key"}""", "{\"action\": \"update\"}", """{"param1":"value1"}"""),
            ((string?)changed.Json["url"], (string?)changed.Json["method"], changed.Json["headers"]!.ToJsonString(), (string?)changed.Json["body_template"], changed.Json["query_params"]!.ToJsonString()));
        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
    }

    [Fact]
    public async Task A_rotated_secret_is_new_shown_once_and_leaves_the_old_one_a_day()
    {
        var client = await UserAsync("hal");
        var webhook = await client.CreateWebhookAsync(await client.CreateJobAsync(account: AccountOf("hal")), "https://api.example.com/webhook");

        var rotated = await client.PostAsync($"/webhooks/{webhook["id"]}/rotate-secret");
        var found = await client.GetAsync($"/webhooks/{webhook["id"]}");

        Assert.Equal(200, rotated.Status);
        Assert.NotEqual((string?)webhook["signing_secret"], (string?)rotated.Json["signing_secret"]);
        Assert.StartsWith("whsec_", (string?)rotated.Json["signing_secret"], StringComparison.Ordinal);
        var until = DateTimeOffset.Parse((string)rotated.Json["old_secret_expires_at"]!, System.Globalization.CultureInfo.InvariantCulture);
        var since = DateTimeOffset.Parse((string)rotated.Json["updated_at"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(TimeSpan.FromDays(1), until - since);
        Assert.DoesNotContain("signing_secret", found.Members);
    }

    [Fact]
    public async Task A_webhook_is_rendered_without_being_sent()
    {
        var client = await UserAsync("ivy");
        var job = await client.CreateJobAsync(account: AccountOf("ivy"));

        var rendered = await client.PostAsync("/webhooks/preview", $$$"""
            {"job_id":"{{{job["id"]}}}","url":"https://api.example.com/webhook?a=1","method":"POST","headers":{"X-Key":"k"},
             "query_params":{"b":"2 3"},"body_template":"{\"job\":\"{{job_name}}\",\"id\":\"{{job_id}}\",\"odd\":\"{{unknown}}\"}"}
            """);

        rendered.Is(200, ["method", "url", "headers", "body"]);
        Assert.Equal(("POST", "https://api.example.com/webhook?a=1&b=2%203"), ((string?)rendered.Json["method"], (string?)rendered.Json["url"]));
        Assert.Equal("k", (string?)rendered.Json["headers"]!["X-Key"]);
        Assert.Equal($$$"""{"job":"Daily Backup","id":"{{{job["id"]}}}","odd":"{{unknown}}"}""", (string?)rendered.Json["body"]);
    }

    [Fact]
    public async Task Accounts_belong_to_who_names_them_first()
    {
        var (kim, lee) = (await UserAsync("kim"), await UserAsync("lee"));

        var made = await kim.PostAsync("/api/accounts", """{"name":"Backups"}""");
        var taken = await lee.PostAsync("/api/accounts", $$"""{"id":"{{made.Json["id"]}}","name":"Mine"}""");
        var foreign = await lee.PostAsync("/api/jobs", $$"""{"account_id":"{{made.Json["id"]}}","name":"n","schedule":"* * * * *","type":1}""");
        var listed = await kim.GetAsync("/api/accounts?limit=1");

        made.Is(201, ["id", "name", "created_at"]);
        Assert.Equal(409, taken.Status);
        Assert.Equal("CONFLICT", (string?)taken.Json["error_code"]);
        foreign.IsError(403, "FORBIDDEN", "You don't have permission to access this account.");
        Assert.Equal($"[{made.Body}]", listed.Json["items"]!.ToJsonString());
        Assert.Equal((1, 0, 1), Page(listed));
    }

    [Fact]
    public async Task What_a_job_means_and_when_it_runs_is_told()
    {
        var client = await UserAsync("max");
        var job = await client.CreateJobAsync("30 2 * * *", AccountOf("max"), more: ",\"timezone\":\"America/New_York\"");

        var upcoming = await client.GetAsync($"/api/jobs/{job["id"]}/upcoming?count=3");
        var explained = await client.GetAsync($"/api/jobs/{job["id"]}/explain?from=2026-01-01T00:00:00Z&to=2026-01-02T12:00:00%2B00:00");

        upcoming.Is(200, ["description", "runs"]);
        Assert.Equal(3, upcoming.Json["runs"]!.AsArray().Count);
        Assert.Equal((string?)job["next_run_at"], (string?)upcoming.Json["runs"]![0]!["at"]);
        explained.Is(200, ["job_id", "from", "to", "now", "items", "cut_after"]);
        Assert.Equal(
            [("2026-01-01T07:30:00Z", "before_creation"), ("2026-01-02T07:30:00Z", "before_creation")],
            explained.Json["items"]!.AsArray().Select(item => ((string)item!["scheduled_at"]!, (string)item["outcome"]!)));
    }

    [Fact]
    public async Task A_foreign_account_is_forbidden_and_what_is_not_there_is_not_found()
    {
        var (nan, oz) = (await UserAsync("nan"), await UserAsync("oz"));
        var job = await nan.CreateJobAsync(account: AccountOf("nan"));
        var webhook = await nan.CreateWebhookAsync(job, "https://api.example.com/webhook");
        var unknown = Guid.NewGuid();

        foreach (var (method, path) in new[] { ("GET", ""), ("PUT", ""), ("DELETE", ""), ("PATCH", "/enable"), ("PATCH", "/disable"), ("POST", "/run"), ("GET", "/executions"), ("GET", "/explain"), ("GET", "/upcoming") })
        {
            (await oz.SendAsync(method, $"/api/jobs/{job["id"]}{path}", method == "PUT" ? "{}" : null)).IsError(403, "FORBIDDEN", "You don't have permission to access this job.");
            (await oz.SendAsync(method, $"/api/jobs/{unknown}{path}", method == "PUT" ? "{}" : null)).IsError(404, "JOB_NOT_FOUND", $"There is no job {unknown}.");
        }

        foreach (var (method, path) in new[] { ("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/rotate-secret"), ("POST", "/test") })
        {
            (await oz.SendAsync(method, $"/webhooks/{webhook["id"]}{path}", method == "PUT" ? "{}" : null)).IsError(403, "FORBIDDEN", "You don't have permission to access this webhook.");
            (await oz.SendAsync(method, $"/api/webhooks/{unknown}{path}", method == "PUT" ? "{}" : null)).IsError(404, "WEBHOOK_NOT_FOUND", $"There is no webhook {unknown}.");
        }

        (await oz.GetAsync($"/api/jobs?account_id={AccountOf("nan")}")).IsError(403, "FORBIDDEN", "You don't have permission to access this account.");
        (await oz.GetAsync($"/api/jobs?account_id={unknown}")).IsError(403, "FORBIDDEN", "You don't have permission to access this account.");
        (await oz.GetAsync($"/webhooks?job_id={job["id"]}")).IsError(403, "FORBIDDEN", "You don't have permission to access this job.");
        (await oz.PostAsync("/webhooks", $$"""{"job_id":"{{job["id"]}}","url":"https://x.example","method":"GET"}""")).IsError(403, "FORBIDDEN", "You don't have permission to access this job.");
        (await oz.GetAsync($"/api/executions/{unknown}")).IsError(404, "EXECUTION_NOT_FOUND", $"There is no execution {unknown}.");
        (await oz.PostAsync($"/api/executions/{unknown}/replay")).IsError(404, "EXECUTION_NOT_FOUND", $"There is no execution {unknown}.");
        (await oz.PostAsync("/api/executions/replay", $$"""{"job_id":"{{job["id"]}}"}""")).IsError(403, "FORBIDDEN", "You don't have permission to access this job.");
    }

    private static (int Total, int Skip, int Limit) Page(Answer answer) => ((int)answer.Json["total"]!, (int)answer.Json["skip"]!, (int)answer.Json["limit"]!);

    // Each test has a user and an account of its own on the one host.
    private static string AccountOf(string user) => $"00000000-0000-4000-8000-{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(user)).PadLeft(12, '0')}";

    private Task<SchedulerClient> UserAsync(string name) => SchedulerClient.OfAsync(fixture.Host.Http, name);

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,7})?Z$")]
    private static partial Regex Instant();
}
