using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Switchyard.AspNetCore.Scheduling.Metrics;

/// <summary>Represents how metrics are written.</summary>
internal enum MetricsFormat
{
    /// <summary>JSON, as seed 4 documents it.</summary>
    Json = 0,

    /// <summary>Prometheus text, version 0.0.4.</summary>
    Prometheus = 1,

    /// <summary>OpenMetrics text, version 1.0.0.</summary>
    OpenMetrics = 2,
}

/// <summary>Chooses the format that a request prefers; JSON unless a text format is named and liked better.</summary>
internal static class MetricsFormats
{
    private static readonly (string MediaType, MetricsFormat Format)[] Texts =
        [("application/openmetrics-text", MetricsFormat.OpenMetrics), ("text/plain", MetricsFormat.Prometheus)];

    public static MetricsFormat Of(HttpRequest request) => Of(request.Headers.Accept);

    public static MetricsFormat Of(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var liked))
        {
            return MetricsFormat.Json;
        }

        // Wildcards say what else would do, so they count for JSON alone, and only where JSON isn't named itself.
        var json = Quality(liked, "application/json");
        var (best, format) = (json ?? 0, MetricsFormat.Json);
        foreach (var (mediaType, candidate) in Texts)
        {
            if (Quality(liked, mediaType) is { } quality && quality > best)
            {
                (best, format) = (quality, candidate);
            }
        }

        return format;
    }

    private static double? Quality(IList<MediaTypeHeaderValue> liked, string mediaType) => liked
        .Where(value => value.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        .Max(value => (double?)(value.Quality ?? 1));
}
