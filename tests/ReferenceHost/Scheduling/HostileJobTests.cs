using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Jobs and queries that break rules: status, whole body, and nothing stored.</summary>
public sealed class HostileJobTests(HostileHost fixture) : IClassFixture<HostileHost>
{
    private const string Name = "name must be 1 to 255 characters, not all of them white space, without control characters.";
    private const string Type = "type must be a whole number from -2147483648 to 2147483647.";
    private const string Zone = "timezone is not the IANA name of a time zone, such as America/New_York.";
    private const string Window = "catch_up_window_seconds must be 1 to 31622400 (366 days).";
    private const string BadId = "The path needs a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.";

    public static TheoryData<string, string, string> Values() => new()
    {
        { "name", "\"\"", Name },
        { "name", "\" \\t \"", Name },
        { "name", "\"a\\r\\nSet-Cookie: x\"", Name },
        { "name", "\"\\u001b[2J\"", Name },
        { "name", JsonSerializer.Serialize(new string('n', 256)), Name },
        { "name", "1", "name must be a string." },
        { "name", "[\"a\"]", "name must be a string." },
        { "name", "{\"$gt\":\"\"}", "name must be a string." },
        { "type", "\"1\"", Type },
        { "type", "1.5", Type },
        { "type", "1.0", Type },
        { "type", "1e0", Type },
        { "type", "-0", Type },
        { "type", "1e999", Type },
        { "type", "2147483648", Type },
        { "type", "99999999999999999999", Type },
        { "type", "true", Type },
        { "timezone", "\"\"", Zone },
        { "timezone", "\"EST5EDT4\"", Zone },
        { "timezone", "\"../etc/passwd\"", Zone },
        { "timezone", "\"/etc/localtime\"", Zone },
        { "timezone", "\"Eastern Standard Time\"", Zone },
        { "timezone", "\"UTC+25\"", Zone },
        { "timezone", JsonSerializer.Serialize(new string('z', 10_000)), Zone },
        { "timezone", "5", "timezone must be a string." },
        { "enabled", "\"true\"", "enabled must be true or false." },
        { "enabled", "1", "enabled must be true or false." },
        { "misfire_policy", "\"FIRE_ONCE\"", "misfire_policy must be fire_once, skip or fire_all." },
        { "misfire_policy", "0", "misfire_policy must be fire_once, skip or fire_all." },
        { "overlap_policy", "\"\"", "overlap_policy must be allow, skip or buffer_one." },
        { "catch_up_window_seconds", "0", Window },
        { "catch_up_window_seconds", "-1", Window },
        { "catch_up_window_seconds", "31622401", Window },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_that_breaks_a_rule_is_named_by_making_and_by_changing(string field, string value, string detail)
    {
        var body = JsonNode.Parse($$"""{"account_id":"{{SchedulerClient.Account}}","name":"n","schedule":"0 2 * * *","type":1}""")!.AsObject();
        body.Remove(field);
        var text = body.ToJsonString()[..^1] + $",\"{field}\":{value}}}";

        (await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/api/jobs", text))).IsError(400, "VALIDATION_ERROR", detail);
        (await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync("PUT", $"/api/jobs/{fixture.Job}", $$"""{"{{field}}":{{value}}}"""))).IsError(400, "VALIDATION_ERROR", detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * 32 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("*/0 * * * *")]
    [InlineData("*/-1 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("1- * * * *")]
    [InlineData("? * * * *")]
    [InlineData("0 0 L * *")]
    [InlineData("0 0 1W * *")]
    [InlineData("0 0 * * 1#2")]
    [InlineData("H * * * *")]
    [InlineData("@manual")]
    [InlineData("@reboot")]
    [InlineData("@every 1ns")]
    [InlineData("0 0 30 2 *")]
    [InlineData("٠ * * * *")]
    [InlineData("＊ * * * *")]
    [InlineData("0\u00a00 * * *")]
    [InlineData("1267650600228229401496703205376 * * * *")]
    public async Task What_is_no_cron_expression_has_a_code_of_its_own(string schedule)
    {
        var text = JsonSerializer.Serialize(schedule);

        var made = await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/api/jobs", $$"""{"account_id":"{{SchedulerClient.Account}}","name":"n","schedule":{{text}},"type":1}"""));
        var changed = await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync("PUT", $"/api/jobs/{fixture.Job}", $$"""{"schedule":{{text}}}"""));

        made.IsErrorLike(400, "INVALID_CRON_EXPRESSION", "schedule is not a cron expression: ");
        changed.IsErrorLike(400, "INVALID_CRON_EXPRESSION", "schedule is not a cron expression: ");
    }

    [Theory]
    [InlineData("{}", "account_id is required. name is required. schedule is required. type is required.")]
    [InlineData("""{"account_id":null,"name":null,"schedule":null,"type":null}""", "account_id is required. name is required. schedule is required. type is required.")]
    [InlineData("""{"account_id":"x","enabled":2}""", "account_id must be a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301. name is required. schedule is required. type is required. enabled must be true or false.")]
    [InlineData("""{"account_id":"{123e4567-e89b-12d3-a456-426614174000}","name":"n","schedule":"* * * * *","type":1}""", "account_id must be a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.")]
    [InlineData("""{"account_id":"123e4567e89b12d3a456426614174000","name":"n","schedule":"* * * * *","type":1}""", "account_id must be a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.")]
    public async Task All_that_is_wrong_is_named_at_once(string body, string detail) =>
        (await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/api/jobs", body))).IsError(400, "VALIDATION_ERROR", detail);

    [Fact]
    public async Task A_wrong_zone_beside_a_wrong_expression_is_a_validation_error()
    {
        var answer = await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync(
            "/api/jobs", $$"""{"account_id":"{{SchedulerClient.Account}}","name":"","schedule":"x","type":1,"timezone":"Nowhere/Land"}"""));

        answer.IsErrorLike(400, "VALIDATION_ERROR", Name + " schedule is not a cron expression: ");
        Assert.EndsWith(Zone, (string?)answer.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nil_account_is_nobodys_and_a_job_keeps_its_account()
    {
        (await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/api/jobs", $$"""{"account_id":"{{Guid.Empty}}","name":"n","schedule":"* * * * *","type":1}""")))
            .IsError(403, "FORBIDDEN", "You don't have permission to access this account.");
        (await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync("PUT", $"/api/jobs/{fixture.Job}", $$"""{"account_id":"{{Guid.NewGuid()}}","name":"x"}""")))
            .IsError(400, "VALIDATION_ERROR", "account_id can't be changed.");
    }

    [Theory]
    [InlineData("{123e4567-e89b-12d3-a456-426614174000}")]
    [InlineData("123e4567e89b12d3a456426614174000")]
    [InlineData("123e4567-e89b-12d3-a456-42661417400")]
    [InlineData("123e4567-e89b-12d3-a456-426614174000%20")]
    [InlineData("123e4567-e89b-12d3-a456-426614174000;x=1")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("'%20OR%201=1--")]
    public async Task A_path_without_a_uuid_is_malformed(string id)
    {
        foreach (var (method, path) in new[]
        {
            ("GET", "/api/jobs/{0}"), ("PUT", "/api/jobs/{0}"), ("DELETE", "/api/jobs/{0}"), ("PATCH", "/api/jobs/{0}/enable"), ("GET", "/api/jobs/{0}/executions"),
            ("POST", "/api/jobs/{0}/run"), ("GET", "/api/jobs/{0}/explain"), ("GET", "/webhooks/{0}"), ("DELETE", "/api/webhooks/{0}"), ("POST", "/webhooks/{0}/test"),
            ("GET", "/api/executions/{0}"), ("POST", "/api/executions/{0}/replay"),
        })
        {
            (await fixture.Client.SendAsync(method, path.Replace("{0}", id, StringComparison.Ordinal), method == "PUT" ? "{}" : null)).IsError(400, "VALIDATION_ERROR", BadId);
        }
    }

    [Theory]
    [InlineData("", "account_id is required")]
    [InlineData("account_id=", "account_id must be a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("account_id={a}&account_id={a}", "account_id must be given once")]
    [InlineData("account_id={a}&skip=-1", "skip must be a whole number from 0 to 2147483647")]
    [InlineData("account_id={a}&skip=2147483648", "skip must be a whole number from 0 to 2147483647")]
    [InlineData("account_id={a}&limit=0", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=1001", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=1e3", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=%2B5", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=0x10", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=%205", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=9999999999999999999", "limit must be a whole number from 1 to 1000")]
    [InlineData("account_id={a}&limit=1&limit=1000", "limit must be given once")]
    [InlineData("account_id={a}&enabled=TRUE", "enabled must be true or false")]
    [InlineData("account_id={a}&enabled=1", "enabled must be true or false")]
    [InlineData("account_id={a}&enabled=", "enabled must be true or false")]
    public async Task A_query_of_jobs_is_read_strictly(string query, string detail) =>
        (await fixture.Client.GetAsync($"/api/jobs?{query.Replace("{a}", SchedulerClient.Account, StringComparison.Ordinal)}")).IsError(400, "VALIDATION_ERROR", detail);

    [Theory]
    [InlineData("executions?status=Running", "status must be queued, running, success, failure, timed_out or dead_letter")]
    [InlineData("executions?status=success,failure", "status must be queued, running, success, failure, timed_out or dead_letter")]
    [InlineData("executions?status=", "status must be queued, running, success, failure, timed_out or dead_letter")]
    [InlineData("executions?limit=1001", "limit must be a whole number from 1 to 1000")]
    [InlineData("explain?from=2024-01-01", "from must be an instant with an offset (RFC 3339), such as 2024-01-01T02:00:00Z")]
    [InlineData("explain?to=now", "to must be an instant with an offset (RFC 3339), such as 2024-01-01T02:00:00Z")]
    [InlineData("upcoming?count=101", "count must be a whole number from 1 to 100")]
    public async Task A_query_of_one_job_is_read_strictly(string query, string detail) =>
        (await fixture.Client.GetAsync($"/api/jobs/{fixture.Job}/{query}")).IsError(400, "VALIDATION_ERROR", detail);
}
