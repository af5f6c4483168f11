using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;

namespace Switchyard.AspNetCore.Scheduling.Health;

/// <summary>Maps what monitors ask, without a token.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("/health").AllowAnonymous();
        health.MapGet("", Get).DocumentedOpen(HealthDocuments.Health);
        health.MapGet("/detailed", GetDetailedAsync).DocumentedOpen(HealthDocuments.Detailed).Produces<DetailedHealthResponse>(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Get() => SchedulingResults.Json(new HealthResponse(), SchedulingJson.Context.HealthResponse);

    private static async Task<IResult> GetDetailedAsync(CachedHealth cached, CancellationToken cancellationToken)
    {
        var health = await cached.GetAsync(cancellationToken);
        var status = health.Status == DetailedHealthResponse.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return SchedulingResults.Json(health, SchedulingJson.Context.DetailedHealthResponse, status);
    }
}
