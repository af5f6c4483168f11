using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Reads the header by which a client says that two requests are one.</summary>
internal static class IdempotencyKeyHeader
{
    public const string Name = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>Reads the header.</summary>
    /// <returns>Whether it is absent (<paramref name="key"/> is <see langword="null"/>) or good.</returns>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        var values = request.Headers[Name];
        key = values.Count == 1 ? values[0] : null;
        return values.Count == 0 || (key is { Length: > 0 and <= MaxLength } && key.All(letter => letter is > ' ' and <= '~'));
    }
}
