using System.Net.Http.Headers;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Says what a content type means.</summary>
internal static class ContentTypes
{
    public const string Json = "application/json";
    public const string HeaderName = "Content-Type";

    /// <summary>Gets whether bodies of a type are JSON: <c>application/json</c>, <c>text/json</c>, and whatever ends in <c>+json</c> (RFC 6839).</summary>
    public static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType is { } media
        && (media.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || media.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
