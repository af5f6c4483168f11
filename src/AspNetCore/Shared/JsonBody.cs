using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Reads JSON bodies strictly. Called by handlers, so after authorization: 401 and 403 come before 413, 415 and 400.</summary>
internal static class JsonBody
{
    /// <summary>The largest body, in bytes: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions WithDuplicates = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a body that must be one JSON object.</summary>
    public static async Task<JsonBodyResult> ReadObjectAsync(HttpRequest request)
    {
        var result = await ReadAsync(request);
        return result.Error is null && result.Value.ValueKind != JsonValueKind.Object
            ? Refuse("invalid_json", "The body must be a JSON object.")
            : result;
    }

    /// <summary>Reads a body that must be one JSON value of any kind.</summary>
    public static async Task<JsonBodyResult> ReadAsync(HttpRequest request)
    {
        if (await BoundedBody.ReadAsync(request, MaxBytes) is not { } bytes)
        {
            return JsonBodyResult.Refused(SurfaceErrorDefaults.For(StatusCodes.Status413PayloadTooLarge));
        }

        return IsJson(request) ? Parse(bytes) : JsonBodyResult.Refused(SurfaceErrorDefaults.For(StatusCodes.Status415UnsupportedMediaType));
    }

    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && request.Headers.ContentType.Count == 1
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static JsonBodyResult Parse(ReadOnlyMemory<byte> body)
    {
        var utf8 = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (utf8.IsEmpty)
        {
            return Refuse("empty_body", "The request needs a JSON body.");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return Refuse("invalid_json", "The body must be UTF-8.");
        }

        // First of all: the parser itself throws, of another kind, over half a surrogate pair in a member's name.
        if (JsonEscapes.Check(utf8.Span) is { } problem)
        {
            return Refuse("invalid_json", problem);
        }

        try
        {
            return JsonBodyResult.Read(JsonElement.Parse(utf8.Span, Strict), utf8);
        }
        catch (JsonException exception)
        {
            return Refuse("invalid_json", Explain(utf8, exception));
        }
    }

    private static string Explain(ReadOnlyMemory<byte> utf8, JsonException exception)
    {
        try
        {
            JsonElement.Parse(utf8.Span, WithDuplicates);
            return "The body holds an object with two members of one name.";
        }
        catch (JsonException)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The body is not one valid JSON value, or is nested deeper than {MaxDepth} levels (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }
    }

    private static JsonBodyResult Refuse(string code, string message) =>
        JsonBodyResult.Refused(new ErrorReport(StatusCodes.Status400BadRequest, code, message));
}
