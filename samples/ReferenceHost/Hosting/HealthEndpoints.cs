namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Answers whether the host is up, to anybody.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>GET /health</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", () => Results.Text("""{"status":"healthy","service":"scheduler"}""", "application/json"))
            .AllowAnonymous().WithTags("Health").WithName("Scheduler.Health").WithSummary("Tells that the host is up.");
}
