using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;
using Switchyard.AspNetCore.Scheduling.Executions;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Maps the routes that tell what a job did and will do, and that run it now.</summary>
internal static class JobHistoryEndpoints
{
    private const int DefaultUpcoming = 10;
    private const int MaxUpcoming = 100;

    private static readonly TimeSpan ExplainedByDefault = TimeSpan.FromDays(1);

    public static void MapJobHistory(this IEndpointRouteBuilder endpoints, string scheme)
    {
        var job = endpoints.MapGroup("/api/jobs/{id}");
        job.MapGet("/executions", ListAsync).Documented(JobDocuments.Executions, scheme);
        job.MapPost("/run", RunAsync).Documented(JobDocuments.Run, scheme);
        job.MapGet("/explain", ExplainAsync).Documented(JobDocuments.Explain, scheme);
        job.MapGet("/upcoming", UpcomingAsync).Documented(JobDocuments.Upcoming, scheme);
    }

    private static async Task<IResult> ListAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ExecutionService service, CancellationToken cancellationToken)
    {
        if (!Uid.TryParse(id, out var job))
        {
            return SchedulingResults.InvalidId();
        }

        if (!SchedulingQuery.TryReadChoice(request.Query, "status", ExecutionNames.Status, out var status, out var error)
            || !Paging.TryRead(request.Query, out var paging, out error))
        {
            return SchedulingResults.Refused(error);
        }

        var result = await service.ListAsync(SchedulingCaller.Subject(user), job, status, paging.Skip, paging.Limit, cancellationToken);
        return ExecutionResults.Listed(result, paging);
    }

    private static async Task<IResult> RunAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var job)
            ? ExecutionResults.Ran(await service.RunAsync(SchedulingCaller.Subject(user), job, cancellationToken), request)
            : SchedulingResults.InvalidId();

    private static async Task<IResult> ExplainAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ScheduleService service, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Uid.TryParse(id, out var job))
        {
            return SchedulingResults.InvalidId();
        }

        if (!SchedulingQuery.TryReadInstant(request.Query, "from", out var from, out var error)
            || !SchedulingQuery.TryReadInstant(request.Query, "to", out var to, out error))
        {
            return SchedulingResults.Refused(error);
        }

        var last = to ?? time.GetUtcNow();
        var first = from ?? (last - DateTimeOffset.MinValue > ExplainedByDefault ? last - ExplainedByDefault : DateTimeOffset.MinValue);
        return JobResults.Explained(await service.ExplainAsync(SchedulingCaller.Subject(user), job, first, last, cancellationToken));
    }

    private static async Task<IResult> UpcomingAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken)
    {
        if (!Uid.TryParse(id, out var job))
        {
            return SchedulingResults.InvalidId();
        }

        return QueryParameters.TryReadNumber(request.Query, "count", (DefaultUpcoming, 1, MaxUpcoming), out var count, out var error)
            ? JobResults.Upcoming(await service.ListUpcomingAsync(SchedulingCaller.Subject(user), job, count, cancellationToken))
            : SchedulingResults.Refused(error);
    }
}
