using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Metrics;

/// <summary>Maps the figures of the caller's accounts.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder endpoints, string scheme) =>
        endpoints.MapGet("/metrics", GetAsync).Documented(HealthDocuments.Metrics, scheme);

    private static async Task<IResult> GetAsync(HttpRequest request, ClaimsPrincipal user, SchedulingMetrics service, CancellationToken cancellationToken)
    {
        var metrics = MetricsResponse.From(await service.CountAsync(SchedulingCaller.Subject(user), cancellationToken));
        request.HttpContext.Response.Headers.Vary = "Accept";
        return MetricsFormats.Of(request) switch
        {
            MetricsFormat.Prometheus => TypedResults.Text(MetricsText.Write(metrics, openMetrics: false), MetricsText.PrometheusType),
            MetricsFormat.OpenMetrics => TypedResults.Text(MetricsText.Write(metrics, openMetrics: true), MetricsText.OpenMetricsType),
            _ => SchedulingResults.Json(metrics, SchedulingJson.Context.MetricsResponse),
        };
    }
}
