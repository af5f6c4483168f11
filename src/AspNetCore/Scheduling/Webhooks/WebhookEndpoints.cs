using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Maps the routes by which webhooks are made, read, changed and removed; <see cref="WebhookActions"/> has the others.</summary>
internal static class WebhookEndpoints
{
    /// <summary>Maps them at both of their addresses: seed 4 has one, and its own rule about prefixes asks for the other.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder endpoints, string scheme)
    {
        MapAt(endpoints.MapGroup("/webhooks"), scheme, "");
        MapAt(endpoints.MapGroup("/api/webhooks"), scheme, ".underApi");
    }

    private static void MapAt(RouteGroupBuilder webhooks, string scheme, string variant)
    {
        webhooks.MapPost("", CreateAsync).Documented(WebhookDocuments.Create, scheme, variant);
        webhooks.MapGet("", ListAsync).Documented(WebhookDocuments.List, scheme, variant);
        webhooks.MapGet("/{id}", GetAsync).Documented(WebhookDocuments.Get, scheme, variant);
        webhooks.MapPut("/{id}", UpdateAsync).Documented(WebhookDocuments.Update, scheme, variant);
        webhooks.MapDelete("/{id}", DeleteAsync).Documented(WebhookDocuments.Delete, scheme, variant);
        webhooks.MapActions(scheme, variant);
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return SchedulingResults.Refused(body.Error);
        }

        var (webhook, problems) = WebhookBody.ReadCreate(body.Value);
        return problems.Count > 0
            ? SchedulingResults.Invalid(problems)
            : WebhookResults.Created(await service.CreateAsync(SchedulingCaller.Subject(user), webhook, cancellationToken), request);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken)
    {
        if (!SchedulingQuery.TryReadId(request.Query, "job_id", out var job, out var error) || !Paging.TryRead(request.Query, out var paging, out error))
        {
            return SchedulingResults.Refused(error);
        }

        return WebhookResults.Listed(await service.ListAsync(SchedulingCaller.Subject(user), job, cancellationToken), paging);
    }

    private static async Task<IResult> GetAsync(string id, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var webhook)
            ? WebhookResults.Webhook(await service.FindAsync(SchedulingCaller.Subject(user), webhook, cancellationToken))
            : SchedulingResults.InvalidId();

    private static async Task<IResult> UpdateAsync(
        string id, HttpRequest request, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return SchedulingResults.Refused(body.Error);
        }

        if (!Uid.TryParse(id, out var webhook))
        {
            return SchedulingResults.InvalidId();
        }

        var subject = SchedulingCaller.Subject(user);
        var found = await service.FindAsync(subject, webhook, cancellationToken);
        if (found is not WebhookResult.Done(var stored, _))
        {
            return WebhookResults.Webhook(found);
        }

        var (change, job, problems) = WebhookBody.ReadUpdate(body.Value);
        if (job is not null && job != stored.JobId)
        {
            problems = [.. problems, "job_id can't be changed."];
        }

        return problems.Count > 0
            ? SchedulingResults.Invalid(problems)
            : WebhookResults.Webhook(await service.UpdateAsync(subject, webhook, change, cancellationToken));
    }

    private static async Task<IResult> DeleteAsync(string id, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var webhook)
            ? SchedulingResults.Deleted(await service.DeleteAsync(SchedulingCaller.Subject(user), webhook, cancellationToken))
            : SchedulingResults.InvalidId();
}
