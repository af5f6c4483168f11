using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Maps the routes by which jobs are made, read, changed and removed.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder endpoints, string scheme)
    {
        var jobs = endpoints.MapGroup("/api/jobs");
        jobs.MapPost("", CreateAsync).Documented(JobDocuments.Create, scheme);
        jobs.MapGet("", ListAsync).Documented(JobDocuments.List, scheme);
        jobs.MapGet("/{id}", GetAsync).Documented(JobDocuments.Get, scheme);
        jobs.MapPut("/{id}", UpdateAsync).Documented(JobDocuments.Update, scheme);
        jobs.MapDelete("/{id}", DeleteAsync).Documented(JobDocuments.Delete, scheme);
        jobs.MapPatch("/{id}/enable", EnableAsync).Documented(JobDocuments.Enable, scheme);
        jobs.MapPatch("/{id}/disable", DisableAsync).Documented(JobDocuments.Disable, scheme);
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return SchedulingResults.Refused(body.Error);
        }

        var (job, problems) = JobBody.ReadCreate(body.Value);
        return problems.Count > 0
            ? SchedulingResults.Invalid(problems)
            : JobResults.Created(await service.CreateAsync(SchedulingCaller.Subject(user), job, cancellationToken), request);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken)
    {
        if (!SchedulingQuery.TryReadId(request.Query, "account_id", out var account, out var error)
            || !SchedulingQuery.TryReadFlag(request.Query, "enabled", out var enabled, out error)
            || !Paging.TryRead(request.Query, out var paging, out error))
        {
            return SchedulingResults.Refused(error);
        }

        var result = await service.ListAsync(SchedulingCaller.Subject(user), account, enabled, paging.Skip, paging.Limit, cancellationToken);
        return JobResults.Listed(result, paging);
    }

    private static async Task<IResult> GetAsync(string id, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var job)
            ? JobResults.Job(await service.FindAsync(SchedulingCaller.Subject(user), job, cancellationToken))
            : SchedulingResults.InvalidId();

    private static async Task<IResult> UpdateAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return SchedulingResults.Refused(body.Error);
        }

        if (!Uid.TryParse(id, out var job))
        {
            return SchedulingResults.InvalidId();
        }

        var subject = SchedulingCaller.Subject(user);
        var found = await service.FindAsync(subject, job, cancellationToken);
        if (found is not ScheduleResult.Done(var stored))
        {
            return JobResults.Job(found);
        }

        var (change, account, problems) = JobBody.ReadUpdate(body.Value);
        if (account is not null && account != stored.AccountId)
        {
            problems = [.. problems, "account_id can't be changed."];
        }

        return problems.Count > 0 ? SchedulingResults.Invalid(problems) : JobResults.Job(await service.UpdateAsync(subject, job, change, cancellationToken));
    }

    private static async Task<IResult> DeleteAsync(string id, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var job)
            ? SchedulingResults.Deleted(await service.DeleteAsync(SchedulingCaller.Subject(user), job, cancellationToken))
            : SchedulingResults.InvalidId();

    private static Task<IResult> EnableAsync(string id, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken) =>
        SetEnabledAsync(id, true, user, service, cancellationToken);

    private static Task<IResult> DisableAsync(string id, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken) =>
        SetEnabledAsync(id, false, user, service, cancellationToken);

    private static async Task<IResult> SetEnabledAsync(
        string id, bool enabled, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var job)
            ? JobResults.State(await service.SetEnabledAsync(SchedulingCaller.Subject(user), job, enabled, cancellationToken))
            : SchedulingResults.InvalidId();
}
