using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.ReferenceHost.Tests.Walk;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>What monitors see, with real parts that go away and come back.</summary>
public sealed class HealthTests
{
    private static readonly string[] Members =
        ["status", "service", "database", "redis", "scheduler_service", "tick_age_seconds", "due_jobs", "oldest_due_at", "oldest_due_age_seconds"];

    [Fact]
    public async Task A_host_that_ticks_is_healthy()
    {
        await using var host = await RunningHost.StartAsync();
        var client = new SchedulerClient(host.Http, null);

        await Eventually.HoldsAsync(async () => (string?)(await client.GetAsync("/health/detailed")).Json["scheduler_service"] == "running", "the scheduler ticks");
        var health = await client.GetAsync("/health/detailed");

        health.Is(200, Members);
        Assert.Equal("""{"status":"healthy","service":"scheduler","database":"connected","redis":"not_configured","scheduler_service":"running"}""", Documented(health));
        Assert.Equal("no-store", health.Header("Cache-Control"));
        Assert.Equal((200, """{"status":"healthy","service":"scheduler"}"""), ((await client.GetAsync("/health")).Status, (await client.GetAsync("/health")).Body));
    }

    [Fact]
    public async Task A_node_whose_worker_is_off_is_stopped_and_no_worse()
    {
        await using var host = await RunningHost.StartAsync(("WORKER_ENABLED", "false"));

        var health = await new SchedulerClient(host.Http, null).GetAsync("/health/detailed");

        Assert.Equal(200, health.Status);
        Assert.Equal("""{"status":"healthy","service":"scheduler","database":"connected","redis":"not_configured","scheduler_service":"stopped"}""", Documented(health));
        Assert.Null(health.Json["tick_age_seconds"]);
    }

    [Fact]
    public async Task A_job_that_should_have_run_and_did_not_makes_it_degraded()
    {
        await using var host = await RunningHost.StartAsync(
            services => services.Configure<Switchyard.Scheduling.SchedulingOptions>(options => options.LateAfter = TimeSpan.FromSeconds(1)), ("WORKER_ENABLED", "false"));
        var client = await SchedulerClient.OfAsync(host.Http, "ada");
        var job = await client.CreateJobAsync("* * * * * *");

        Answer? health = null;
        await Eventually.HoldsAsync(async () => (string?)(health = await client.GetAsync("/health/detailed")).Json["status"] == "degraded", "the job is late");

        Assert.Equal((200, 1), (health!.Status, (int)health.Json["due_jobs"]!));
        Assert.Equal((string?)job["next_run_at"], (string?)health.Json["oldest_due_at"]);
        Assert.True((double)health.Json["oldest_due_age_seconds"]! > 1);
    }

    [Fact]
    public async Task A_redis_that_is_configured_and_gone_makes_it_unhealthy()
    {
        await using var host = await RunningHost.StartAsync(("REDIS_URL", $"redis://:hunter2@127.0.0.1:{HostProcess.FreePort()}"), ("WORKER_ENABLED", "false"));

        var health = await new SchedulerClient(host.Http, null).GetAsync("/health/detailed");

        Assert.Equal(503, health.Status);
        Assert.Equal("""{"status":"unhealthy","service":"scheduler","database":"connected","redis":"disconnected","scheduler_service":"stopped"}""", Documented(health));
    }

    [Fact]
    public async Task A_database_that_is_gone_is_told_by_health_and_every_route_and_comes_back()
    {
        using var folder = new TemporaryFolder();
        var server = PostgresServer.Get();
        var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Database;
        using var gate = Gate.ToPostgres(Directory.CreateDirectory(folder.Combine("pg")).FullName, server.SocketFolder);
        await using var host = await RunningHost.StartAsync(("DATABASE_URL", $"postgres://postgres@localhost/{database}?host={folder.Combine("pg")}"), ("WORKER_ENABLED", "false"));
        var client = await SchedulerClient.OfAsync(host.Http, "ada");
        var job = await client.CreateJobAsync();

        gate.Close();
        await Eventually.HoldsAsync(async () => (await client.GetAsync("/health/detailed")).Status == 503, "health tells that the database is gone");
        var health = await client.GetAsync("/health/detailed");
        foreach (var (method, path, body) in new[]
        {
            ("GET", $"/api/jobs/{job["id"]}", null), ("POST", "/api/jobs", $$"""{"account_id":"{{SchedulerClient.Account}}","name":"n","schedule":"* * * * *","type":1}"""),
            ("GET", "/metrics", null), ("GET", "/api/accounts", null), ("DELETE", $"/api/jobs/{job["id"]}", (string?)null),
        })
        {
            var answer = await client.SendAsync(method, path, body);
            answer.IsError(503, "DATABASE_ERROR", "The database can't be reached now.");
            Assert.Equal("5", answer.Header("Retry-After"));
        }

        gate.Open();
        await Eventually.HoldsAsync(async () => (await client.GetAsync("/health/detailed")).Status == 200, "the database is back");

        Assert.Equal("""{"status":"unhealthy","service":"scheduler","database":"disconnected","redis":"not_configured","scheduler_service":"stopped"}""", Documented(health));
        Assert.Equal(200, (await client.GetAsync($"/api/jobs/{job["id"]}")).Status);
    }

    private static string Documented(Answer health) =>
        new JsonObject(health.Json.AsObject().Take(5).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
}
