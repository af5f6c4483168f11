using Switchyard.ReferenceHost.Tests.Scheduling;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>The scheduler's routes for the walk: what a stranger and what the owner of the things gets. Nobody else gets past 401.</summary>
internal static class SchedulerRoutes
{
    private const string Job = """{"account_id":"{account}","name":"n","schedule":"0 2 * * *","type":1}""";
    private const string Webhook = """{"job_id":"{job}","url":"http://127.0.0.1:9/","method":"GET"}""";
    private const string Preview = """{"url":"http://127.0.0.1:9/","method":"GET"}""";

    /// <summary>The routes. The stranger calls first; what removes something comes last.</summary>
    public static IReadOnlyList<SchedulerRoute> All { get; } =
    [
        new("POST", "/api/jobs", Job, 403, 201),
        new("GET", "/api/jobs", null, 403, 200),
        new("GET", "/api/jobs/{id}", null, 403, 200),
        new("PUT", "/api/jobs/{id}", "{}", 403, 200),
        new("PATCH", "/api/jobs/{id}/enable", null, 403, 200),
        new("PATCH", "/api/jobs/{id}/disable", null, 403, 200),
        new("GET", "/api/jobs/{id}/executions", null, 403, 200),
        new("GET", "/api/jobs/{id}/explain", null, 403, 200),
        new("GET", "/api/jobs/{id}/upcoming", null, 403, 200),
        new("POST", "/api/jobs/{id}/run", null, 403, 201),
        .. Webhooks("/webhooks"),
        .. Webhooks("/api/webhooks"),
        new("GET", "/api/executions/{id}", null, 403, 200),

        // Its firing had no webhook, so that there is nothing to deliver again.
        new("POST", "/api/executions/{id}/replay", null, 403, 409),
        new("POST", "/api/executions/replay", """{"job_id":"{job}","from":"2999-01-01T00:00:00Z"}""", 403, 200),
        new("GET", "/api/accounts", null, 200, 200),
        new("POST", "/api/accounts", """{"name":"n"}""", 201, 201),
        new("GET", "/metrics", null, 200, 200),
        new("DELETE", "/api/jobs/{id}", null, 403, 204),
    ];

    /// <summary>Makes what the routes are about.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ArrangeAsync(SchedulerClient owner)
    {
        var bare = await owner.CreateJobAsync();
        var job = await owner.CreateJobAsync();
        return new Dictionary<string, string>
        {
            ["account"] = SchedulerClient.Account,
            ["job"] = (string)job["id"]!,
            ["execution"] = (string)(await owner.PostAsync($"/api/jobs/{bare["id"]}/run")).Json["id"]!,
            ["/webhooks"] = (string)(await owner.CreateWebhookAsync(job, "http://127.0.0.1:9/"))["id"]!,
            ["/api/webhooks"] = (string)(await owner.CreateWebhookAsync(job, "http://127.0.0.1:9/"))["id"]!,
        };
    }

    /// <summary>Gets the id that a pattern is about; empty where it is none of the scheduler's.</summary>
    public static string IdIn(string pattern, RouteCallers callers) =>
        pattern.StartsWith("/api/jobs/", StringComparison.Ordinal) ? callers.Scheduler["job"]
        : pattern.StartsWith("/api/executions/", StringComparison.Ordinal) ? callers.Scheduler["execution"]
        : pattern.StartsWith("/webhooks/", StringComparison.Ordinal) ? callers.Scheduler["/webhooks"]
        : pattern.StartsWith("/api/webhooks/", StringComparison.Ordinal) ? callers.Scheduler["/api/webhooks"]
        : "";

    /// <summary>Gets the query that a list needs.</summary>
    public static string QueryOf(string method, string pattern, RouteCallers callers) => (method, pattern) switch
    {
        ("GET", "/api/jobs") => $"?account_id={callers.Scheduler["account"]}",
        ("GET", "/webhooks" or "/api/webhooks") => $"?job_id={callers.Scheduler["job"]}",
        _ => "",
    };

    /// <summary>Puts ids in the place of their names.</summary>
    public static string Fill(string body, RouteCallers callers) =>
        callers.Scheduler.Aggregate(body, (text, pair) => text.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));

    private static IEnumerable<SchedulerRoute> Webhooks(string at) =>
    [
        new("POST", at, Webhook, 403, 201),
        new("GET", at, null, 403, 200),
        new("POST", $"{at}/preview", Preview, 200, 200),
        new("GET", $"{at}/{{id}}", null, 403, 200),
        new("PUT", $"{at}/{{id}}", "{}", 403, 200),
        new("POST", $"{at}/{{id}}/rotate-secret", null, 403, 200),
        new("POST", $"{at}/{{id}}/test", null, 403, 200),
        new("DELETE", $"{at}/{{id}}", null, 403, 204),
    ];
}

/// <summary>A route with the statuses that two users get.</summary>
internal sealed record SchedulerRoute(string Method, string Pattern, string? Body, int Stranger, int Owner);
