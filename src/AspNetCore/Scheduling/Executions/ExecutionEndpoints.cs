using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Executions;

/// <summary>Maps the routes of single executions, and those that replay.</summary>
internal static class ExecutionEndpoints
{
    public static void MapExecutions(this IEndpointRouteBuilder endpoints, string scheme)
    {
        var executions = endpoints.MapGroup("/api/executions");
        executions.MapGet("/{id}", GetAsync).Documented(ExecutionDocuments.Get, scheme);
        executions.MapPost("/{id}/replay", ReplayAsync).Documented(ExecutionDocuments.Replay, scheme);
        executions.MapPost("/replay", ReplayManyAsync).Documented(ExecutionDocuments.ReplayMany, scheme);
    }

    private static async Task<IResult> GetAsync(string id, ClaimsPrincipal user, ExecutionService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var execution)
            ? ExecutionResults.Found(await service.FindAsync(SchedulingCaller.Subject(user), execution, cancellationToken))
            : SchedulingResults.InvalidId();

    private static async Task<IResult> ReplayAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ExecutionService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var execution)
            ? ExecutionResults.Replayed(await service.ReplayAsync(SchedulingCaller.Subject(user), execution, cancellationToken), request)
            : SchedulingResults.InvalidId();

    private static async Task<IResult> ReplayManyAsync(
        HttpRequest request, ClaimsPrincipal user, ExecutionService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return SchedulingResults.Refused(body.Error);
        }

        var (filter, problems) = ReplayRequestBody.Read(body.Value);
        return problems.Count > 0
            ? SchedulingResults.Invalid(problems)
            : ExecutionResults.ReplayedMany(await service.ReplayManyAsync(SchedulingCaller.Subject(user), filter, cancellationToken));
    }
}
