using Microsoft.AspNetCore.Http;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Maps the outcomes of <see cref="WebhookService"/> to HTTP.</summary>
internal static class WebhookResults
{
    public static IResult Created(WebhookResult result, HttpRequest request)
    {
        if (result is not WebhookResult.Done(var webhook, var secret))
        {
            return Webhook(result);
        }

        // At whichever of the two addresses it was made.
        SchedulingResults.Locate(request, $"{request.Path.ToUriComponent().TrimEnd('/')}/{webhook.Id}");
        return SchedulingResults.Json(WebhookResponse.From(webhook, secret), SchedulingJson.Context.WebhookResponse, StatusCodes.Status201Created);
    }

    public static IResult Webhook(WebhookResult result) => result switch
    {
        WebhookResult.Done done => SchedulingResults.Json(WebhookResponse.From(done.Webhook, done.SigningSecret), SchedulingJson.Context.WebhookResponse),
        WebhookResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Listed(WebhookListResult result, Paging paging) => result switch
    {
        WebhookListResult.Listed listed => SchedulingResults.Json(
            PageResponse<WebhookResponse>.Of(
                [.. listed.Webhooks.Skip(paging.Skip).Take(paging.Limit).Select(webhook => WebhookResponse.From(webhook))], listed.Webhooks.Count, paging),
            SchedulingJson.Context.PageResponseWebhookResponse),
        WebhookListResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Tested(WebhookTestResult result) => result switch
    {
        WebhookTestResult.Tested tested => SchedulingResults.Json(WebhookTestResponse.From(tested.Test), SchedulingJson.Context.WebhookTestResponse),
        WebhookTestResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };

    public static IResult Previewed(WebhookPreviewResult result) => result switch
    {
        WebhookPreviewResult.Rendered rendered => SchedulingResults.Json(
            RenderedRequestResponse.From(rendered.Request), SchedulingJson.Context.RenderedRequestResponse),
        WebhookPreviewResult.Refused refused => SchedulingResults.Refused(refused.Refusal),
        _ => throw SchedulingResults.Unmapped(result),
    };
}
