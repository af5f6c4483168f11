using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Scheduling.Health;
using Switchyard.AspNetCore.Scheduling.Metrics;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Describes the routes of health and metrics.</summary>
internal static class HealthDocuments
{
    private const string Tag = "Health and metrics";

    public static RouteDocument Health { get; } = new()
    {
        Name = "health",
        Tag = Tag,
        Summary = "Tell that the host is up",
        Success = (StatusCodes.Status200OK, typeof(HealthResponse)),
    };

    public static RouteDocument Detailed { get; } = new()
    {
        Name = "detailedHealth",
        Tag = Tag,
        Summary = "Tell how database, Redis and scheduler are",
        Description = "Answers 503 where database or Redis can't be reached. degraded means that a job should have run and did not.",
        Success = (StatusCodes.Status200OK, typeof(DetailedHealthResponse)),
    };

    public static RouteDocument Metrics { get; } = new()
    {
        Name = "metrics",
        Tag = Tag,
        Summary = "Get the figures of the caller's accounts",
        Description = "With Accept: text/plain or application/openmetrics-text in the text format of Prometheus.",
        Success = (StatusCodes.Status200OK, typeof(MetricsResponse)),
    };
}
