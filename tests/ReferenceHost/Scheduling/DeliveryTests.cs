using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Deliveries of the whole host to a receiver on loopback, seen from the API.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private static readonly string[] ListedMembers =
    [
        "id", "job_id", "status", "started_at", "finished_at", "response_code", "error", "worker_id", "duration_ms", "attempt", "created_at",
        "root_execution_id", "webhook_id", "trigger", "scheduled_at", "not_before",
    ];

    private const string Extras = ""","headers":{"Authorization":"Bearer api-key"},"query_params":{"b":"2"},"body_template":"{\"action\": \"backup\"}" """;

    private RunningHost _host = null!;
    private Receiver _receiver = null!;
    private SchedulerClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _host = await RunningHost.StartAsync(("RETRY_BACKOFF_SECONDS", "0"));
        _client = await SchedulerClient.OfAsync(_host.Http, "ada");
    }

    [Fact]
    public async Task A_schedule_fires_by_itself_and_its_history_tells()
    {
        var job = await _client.CreateJobAsync("* * * * * *");
        await _client.CreateWebhookAsync(job, _receiver.Url + "/hook?a=1", Extras);

        await Eventually.HoldsAsync(async () => (await _client.ExecutionsAsync(job)).Any(item => (string?)item!["status"] == "success"), "an execution succeeds");
        var execution = (await _client.ExecutionsAsync(job)).Last(item => (string?)item!["status"] == "success")!;
        var one = await _client.GetAsync($"/api/executions/{execution["id"]}");
        var counted = await _client.GetAsync($"/api/jobs/{job["id"]}/executions?status=success&limit=1");
        var received = _receiver.All.Single(request => request.Headers["webhook-id"] == (string?)execution["root_execution_id"]);

        Assert.Equal(ListedMembers, execution.AsObject().Select(member => member.Key));
        Assert.Equal(
            ("success", 200, 1, (string?)job["id"], "schedule"),
            ((string?)execution["status"], (int)execution["response_code"]!, (int)execution["attempt"]!, (string?)execution["job_id"], (string?)execution["trigger"]));
        Assert.True((long)execution["duration_ms"]! >= 0);
        Assert.NotNull(execution["worker_id"]);
        Assert.Equal((200, "received"), (one.Status, (string?)one.Json["response_body"]));
        Assert.NotNull(one.Json["response_headers"]!["Content-Type"] ?? one.Json["response_headers"]!["Date"]);
        Assert.True((int)counted.Json["total"]! >= 1);
        Assert.Equal(("POST", "/hook?a=1&b=2", "{\"action\": \"backup\"}"), (received.Method, received.Target, received.Body));
        Assert.Equal("Bearer api-key", received.Headers["Authorization"]);
        Assert.StartsWith("v1,", received.Headers["webhook-signature"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_is_tried_three_times_dies_and_can_be_replayed()
    {
        _receiver.StatusOf = count => count < 3 ? StatusCodes.Status500InternalServerError : StatusCodes.Status204NoContent;
        var job = await _client.CreateJobAsync();
        var webhook = await _client.CreateWebhookAsync(job, _receiver.Url);

        var run = await _client.PostAsync($"/api/jobs/{job["id"]}/run");
        await Eventually.HoldsAsync(async () => (await _client.ExecutionsAsync(job)).Any(item => (string?)item!["status"] == "dead_letter"), "the last attempt fails");
        var dead = (await _client.ExecutionsAsync(job)).ToArray();
        var replayed = await _client.PostAsync($"/api/executions/{run.Json["id"]}/replay");
        await Eventually.HoldsAsync(async () => (await _client.ExecutionsAsync(job)).Any(item => (string?)item!["status"] == "success"), "the replay succeeds");
        var again = await _client.PostAsync($"/api/executions/{run.Json["id"]}/replay");

        Assert.Equal((201, $"/api/executions/{run.Json["id"]}"), (run.Status, run.Header("Location")));
        Assert.Equal([.. ListedMembers, "executions"], run.Members);
        Assert.Equal(("queued", "manual", (string?)webhook["id"]), ((string?)run.Json["status"], (string?)run.Json["trigger"], (string?)run.Json["webhook_id"]));
        Assert.Single(run.Json["executions"]!.AsArray());
        Assert.Equal([(3, "dead_letter"), (2, "failure"), (1, "failure")], dead.Select(item => ((int)item!["attempt"]!, (string)item["status"]!)));
        Assert.All(dead, item => Assert.Equal((string?)run.Json["root_execution_id"], (string?)item!["root_execution_id"]));
        Assert.Equal((201, "queued", "replay", 4), (replayed.Status, (string?)replayed.Json["status"], (string?)replayed.Json["trigger"], (int)replayed.Json["attempt"]!));
        Assert.Equal((409, "CONFLICT"), (again.Status, (string?)again.Json["error_code"]));
        Assert.Single(_receiver.All.Select(request => request.Headers["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task Many_dead_ones_are_replayed_by_a_filter()
    {
        _receiver.StatusOf = count => count < 6 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        var job = await _client.CreateJobAsync();
        await _client.CreateWebhookAsync(job, _receiver.Url);
        await _client.PostAsync($"/api/jobs/{job["id"]}/run");
        await _client.PostAsync($"/api/jobs/{job["id"]}/run");
        await Eventually.HoldsAsync(async () => (await _client.ExecutionsAsync(job)).Count(item => (string?)item!["status"] == "dead_letter") == 2, "both die");

        var none = await _client.PostAsync("/api/executions/replay", $$"""{"job_id":"{{job["id"]}}","status":"timed_out"}""");
        var replayed = await _client.PostAsync("/api/executions/replay", $$"""{"job_id":"{{job["id"]}}","status":"dead_letter","from":"2020-01-01T00:00:00Z","limit":1}""");

        Assert.Equal((200, """{"items":[],"replayed":0,"matched":0}"""), (none.Status, none.Body));
        replayed.Is(201, ["items", "replayed", "matched"]);
        Assert.Equal((1, 2), ((int)replayed.Json["replayed"]!, (int)replayed.Json["matched"]!));
        await Eventually.HoldsAsync(async () => (await _client.ExecutionsAsync(job)).Any(item => (string?)item!["status"] == "success"), "the replay succeeds");
    }

    [Fact]
    public async Task A_test_sends_once_and_stores_nothing()
    {
        var job = await _client.CreateJobAsync();
        var webhook = await _client.CreateWebhookAsync(job, _receiver.Url + "/t", ""","body_template":"{{job_name}}" """);

        var tested = await _client.PostAsync($"/webhooks/{webhook["id"]}/test");

        tested.Is(200, ["status", "request", "response_code", "response_headers", "response_body", "error", "duration_ms"]);
        Assert.Equal(("success", 200, "received"), ((string?)tested.Json["status"], (int)tested.Json["response_code"]!, (string?)tested.Json["response_body"]));
        Assert.Equal("Daily Backup", Assert.Single(_receiver.All).Body);
        Assert.Empty(await _client.ExecutionsAsync(job));
    }

    [Fact]
    public async Task The_figures_count_what_is_the_callers_alone()
    {
        var job = await _client.CreateJobAsync();
        await _client.CreateJobAsync(more: ",\"enabled\":false");
        await _client.CreateWebhookAsync(job, _receiver.Url);
        await _client.PostAsync($"/api/jobs/{job["id"]}/run");
        await Eventually.HoldsAsync(async () => (await _client.ExecutionsAsync(job)).Any(item => (string?)item!["status"] == "success"), "the run succeeds");
        var bob = await SchedulerClient.OfAsync(_host.Http, "bob");

        var mine = await _client.GetAsync("/metrics");
        var his = await bob.GetAsync("/metrics");
        var text = await _client.SendAsync("GET", "/metrics", null, headers: ("Accept", "text/plain"));
        var open = await _client.SendAsync("GET", "/metrics", null, headers: ("Accept", "application/openmetrics-text"));

        mine.Is(200, ["timestamp", "jobs", "executions"]);
        Assert.Equal("""{"total":2,"enabled":1,"disabled":1}""", mine.Json["jobs"]!.ToJsonString());
        Assert.Equal(
            ["total", "queued", "running", "success", "failure", "timed_out", "dead_letter", "success_rate", "avg_duration_ms"],
            mine.Json["executions"]!.AsObject().Select(member => member.Key));
        Assert.Equal((1, 1, 100.0), ((int)mine.Json["executions"]!["total"]!, (int)mine.Json["executions"]!["success"]!, (double)mine.Json["executions"]!["success_rate"]!));
        Assert.Equal("""{"total":0,"enabled":0,"disabled":0}""", his.Json["jobs"]!.ToJsonString());
        Assert.Equal((0, null), ((int)his.Json["executions"]!["total"]!, (double?)his.Json["executions"]!["avg_duration_ms"]));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", text.ContentHeaders.ContentType?.ToString());
        Assert.Contains("\nscheduler_jobs{state=\"disabled\"} 1\n", text.Body, StringComparison.Ordinal);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", open.ContentHeaders.ContentType?.ToString());
        Assert.EndsWith("\n# EOF\n", open.Body, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }
}
