using System.Text;
using Microsoft.Extensions.Options;
using Switchyard.Webhooks;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Builds the request of an attempt: pure but for what it is given.</summary>
internal sealed class RequestBuilder(IOptions<SchedulingOptions> options)
{
    /// <summary>Builds a request.</summary>
    /// <returns><see langword="null"/> where the template grows too long.</returns>
    public OutgoingRequest? Build(RequestParts parts)
    {
        var headers = new List<KeyValuePair<string, string>>(parts.Headers ?? []);
        var own = headers.Count;
        var body = Body(parts, headers);
        if (body is null && parts.BodyTemplate is not null)
        {
            return null;
        }

        Sign(parts, body ?? [], headers);
        AddUnlessThere(headers, "traceparent", parts.TraceParent);
        AddUnlessThere(headers, "User-Agent", options.Value.UserAgent);
        return new(parts.Method, RequestUrl.Build(parts.Url, parts.QueryParams), headers, own, body);
    }

    private static byte[]? Body(RequestParts parts, List<KeyValuePair<string, string>> headers)
    {
        if (parts.BodyTemplate is not { } template)
        {
            return null;
        }

        AddUnlessThere(headers, ContentTypes.HeaderName, ContentTypes.Json);
        var isJson = ContentTypes.IsJson(Find(headers, ContentTypes.HeaderName)!);
        return BodyTemplate.Render(template, parts.Values, isJson) is { } text ? Encoding.UTF8.GetBytes(text) : null;
    }

    private static void Sign(RequestParts parts, byte[] body, List<KeyValuePair<string, string>> headers)
    {
        // A signature covers our id and timestamp: where the user sends others, there is nothing that we could sign for.
        var isOurs = Find(headers, WebhookHeaders.IdName) is null && Find(headers, WebhookHeaders.TimestampName) is null;
        var id = parts.MessageId.ToString("D");
        AddUnlessThere(headers, WebhookHeaders.IdName, id);
        AddUnlessThere(headers, WebhookHeaders.TimestampName, WebhookSignature.FormatTimestamp(parts.Values.Now));
        if (isOurs && parts.Secrets.Count > 0)
        {
            AddUnlessThere(headers, WebhookHeaders.SignatureName, string.Join(' ', parts.Secrets.Select(secret => WebhookSignature.Sign(secret, id, parts.Values.Now, body))));
        }
    }

    private static void AddUnlessThere(List<KeyValuePair<string, string>> headers, string name, string? value)
    {
        if (value is not null && Find(headers, name) is null)
        {
            headers.Add(new(name, value));
        }
    }

    private static string? Find(List<KeyValuePair<string, string>> headers, string name) =>
        headers.Find(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
