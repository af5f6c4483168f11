using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Scheduling.Webhooks;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Describes the routes of webhooks.</summary>
internal static class WebhookDocuments
{
    private const string Webhooks = "Webhooks";

    private const string CreateExample = """
        {
          "job_id": "123e4567-e89b-12d3-a456-426614174000",
          "url": "https://api.example.com/webhook",
          "method": "POST",
          "headers": { "Authorization": "Bearer api-key", "Content-Type": "application/json" },
          "query_params": { "param1": "value1" },
          "body_template": "{\"action\": \"backup\"}"
        }
        """;

    private const string UpdateExample = """
        {
          "url": "https://api.example.com/new-webhook",
          "method": "PUT",
          "headers": { "Authorization": "Bearer new-api-key" },
          "body_template": "{\"action\": \"update\"}"
        }
        """;

    private const string PreviewExample = """
        { "url": "https://api.example.com/webhook", "method": "POST", "body_template": "{\"job\": \"{{job_name}}\", \"at\": \"{{scheduled_at}}\"}" }
        """;

    public static RouteDocument Create { get; } = One("createWebhook", "Create a webhook for a job", typeof(WebhookResponse), [400, 403, 404, 413, 415]) with
    {
        Description = "signing_secret is shown by this answer alone; deliveries are signed with it (Standard Webhooks).",
        Success = (StatusCodes.Status201Created, typeof(WebhookResponse)),
        Body = (typeof(CreateWebhookRequest), CreateExample),
    };

    public static RouteDocument List { get; } = One("listWebhooks", "List the webhooks of a job, oldest first", typeof(PageResponse<WebhookResponse>), [400, 403, 404]) with
    {
        Parameters = [QueryDocument.Id("job_id", "The job.", required: true), .. QueryDocument.Page],
    };

    public static RouteDocument Get { get; } = One("getWebhook", "Get a webhook", typeof(WebhookResponse), [400, 403, 404]);

    public static RouteDocument Update { get; } = One("updateWebhook", "Change a webhook", typeof(WebhookResponse), [400, 403, 404, 413, 415]) with
    {
        Description = "What is absent or null stays as it is. enabled: true enables one again that an answer of 410 disabled.",
        Body = (typeof(UpdateWebhookRequest), UpdateExample),
    };

    public static RouteDocument Delete { get; } = One("deleteWebhook", "Remove a webhook; its executions stay", null, [400, 403, 404]) with
    {
        Success = (StatusCodes.Status204NoContent, null),
    };

    public static RouteDocument Rotate { get; } = One("rotateSecret", "Make a new signing secret", typeof(WebhookResponse), [400, 403, 404]) with
    {
        Description = "signing_secret is shown by this answer alone. The one before signs too until old_secret_expires_at.",
    };

    public static RouteDocument Test { get; } = One("testWebhook", "Send a webhook once, at once", typeof(WebhookTestResponse), [400, 403, 404]) with
    {
        Description = "Nothing is stored, and nothing is tried again.",
    };

    public static RouteDocument Preview { get; } = One("previewWebhook", "Render a webhook without storing or sending it", typeof(RenderedRequestResponse), [400, 403, 404, 413, 415]) with
    {
        Body = (typeof(PreviewWebhookRequest), PreviewExample),
    };

    private static RouteDocument One(string name, string summary, Type? body, int[] errors) => new()
    {
        Name = name,
        Tag = Webhooks,
        Summary = summary,
        Success = (StatusCodes.Status200OK, body),
        Errors = errors,
    };
}
