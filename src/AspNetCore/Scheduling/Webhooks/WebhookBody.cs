using System.Text.Json;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Reads the bodies that make, change and render webhooks: types alone. What values mean is the service's to check.</summary>
internal static class WebhookBody
{
    /// <summary>Reads a body that makes a webhook.</summary>
    public static (CreateWebhook Request, IReadOnlyList<string> Problems) ReadCreate(JsonElement body)
    {
        var fields = new BodyFields(body, "job_id", "url", "method");
        var request = new CreateWebhook
        {
            JobId = fields.Id("job_id"),
            Url = fields.Text("url"),
            Method = fields.Text("method"),
            Headers = fields.Texts("headers"),
            QueryParams = fields.Texts("query_params"),
            BodyTemplate = fields.Text("body_template"),
            Timeout = fields.Seconds("timeout_seconds"),
        };
        return (request, fields.Problems);
    }

    /// <summary>Reads a body that changes a webhook, and the job that it names, which can't be changed.</summary>
    public static (UpdateWebhook Request, Guid? JobId, IReadOnlyList<string> Problems) ReadUpdate(JsonElement body)
    {
        var fields = new BodyFields(body);
        var job = fields.Id("job_id");
        var request = new UpdateWebhook
        {
            Url = fields.Text("url"),
            Method = fields.Text("method"),
            Headers = fields.Texts("headers"),
            QueryParams = fields.Texts("query_params"),
            BodyTemplate = fields.Text("body_template"),
            Timeout = fields.Seconds("timeout_seconds"),
            Enabled = fields.Flag("enabled"),
        };
        return (request, job, fields.Problems);
    }

    /// <summary>Reads a body whose webhook is only rendered.</summary>
    public static (PreviewWebhook Request, IReadOnlyList<string> Problems) ReadPreview(JsonElement body)
    {
        var fields = new BodyFields(body, "url", "method");
        var request = new PreviewWebhook
        {
            JobId = fields.Id("job_id"),
            Url = fields.Text("url"),
            Method = fields.Text("method"),
            Headers = fields.Texts("headers"),
            QueryParams = fields.Texts("query_params"),
            BodyTemplate = fields.Text("body_template"),
        };
        return (request, fields.Problems);
    }
}
