using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Scheduling.Documentation;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Maps the routes that rotate a webhook's secret, send it once, and render one.</summary>
internal static class WebhookActions
{
    public static void MapActions(this RouteGroupBuilder webhooks, string scheme, string variant)
    {
        webhooks.MapPost("/{id}/rotate-secret", RotateAsync).Documented(WebhookDocuments.Rotate, scheme, variant);
        webhooks.MapPost("/{id}/test", TestAsync).Documented(WebhookDocuments.Test, scheme, variant);
        webhooks.MapPost("/preview", PreviewAsync).Documented(WebhookDocuments.Preview, scheme, variant);
    }

    private static async Task<IResult> RotateAsync(string id, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var webhook)
            ? WebhookResults.Webhook(await service.RotateSecretAsync(SchedulingCaller.Subject(user), webhook, cancellationToken))
            : SchedulingResults.InvalidId();

    private static async Task<IResult> TestAsync(string id, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken) =>
        Uid.TryParse(id, out var webhook)
            ? WebhookResults.Tested(await service.TestAsync(SchedulingCaller.Subject(user), webhook, cancellationToken))
            : SchedulingResults.InvalidId();

    private static async Task<IResult> PreviewAsync(HttpRequest request, ClaimsPrincipal user, WebhookService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return SchedulingResults.Refused(body.Error);
        }

        var (webhook, problems) = WebhookBody.ReadPreview(body.Value);
        return problems.Count > 0
            ? SchedulingResults.Invalid(problems)
            : WebhookResults.Previewed(await service.PreviewAsync(SchedulingCaller.Subject(user), webhook, cancellationToken));
    }
}
