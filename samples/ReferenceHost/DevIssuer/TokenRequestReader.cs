using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>Reads token requests, which come as a form (RFC 6749) or, as in the API's documentation, as JSON.</summary>
internal static class TokenRequestReader
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxParameters = 32;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 2 };

    /// <summary>Reads the body of a request, at most 64 KiB.</summary>
    /// <exception cref="TokenRequestException">The body is too long, of another media type, or malformed.</exception>
    public static async Task<TokenRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        var form = type?.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        var json = type?.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) == true;
        if (request.ContentLength > MaxBytes)
        {
            throw TooLong();
        }

        if (!form && !json)
        {
            throw new TokenRequestException(StatusCodes.Status415UnsupportedMediaType, "invalid_request", "Send a form (application/x-www-form-urlencoded) or JSON (application/json).");
        }

        var body = await ReadBytesAsync(request.Body, cancellationToken);
        return new TokenRequest(form ? ReadForm(body) : ReadJson(body));
    }

    private static async Task<byte[]> ReadBytesAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxBytes ? throw TooLong() : bytes[..length];
    }

    private static Dictionary<string, string> ReadForm(byte[] body)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(System.Text.Encoding.UTF8.GetString(body)))
        {
            Add(parameters, pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        }

        return parameters;
    }

    private static Dictionary<string, string> ReadJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed("The body is not a JSON object.");
            }

            var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                Add(parameters, member.Name, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw Malformed("Every member of the JSON object must be a string."));
            }

            return parameters;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no valid UTF-16, such as a lone surrogate.
            throw Malformed("The body is not a JSON object of strings, each named once.");
        }
    }

    private static void Add(Dictionary<string, string> parameters, string name, string value)
    {
        if (parameters.Count == MaxParameters)
        {
            throw Malformed("There are too many parameters.");
        }

        if (!parameters.TryAdd(name, value))
        {
            throw Malformed("A parameter is given more than once.");
        }
    }

    private static TokenRequestException TooLong() =>
        new(StatusCodes.Status413PayloadTooLarge, "invalid_request", $"The body is longer than {MaxBytes} bytes.");

    private static TokenRequestException Malformed(string description) =>
        new(StatusCodes.Status400BadRequest, "invalid_request", description);
}
