namespace Switchyard.Scheduling;

/// <summary>Represents a request as it is sent, but for what the connection adds (<c>Host</c>, <c>Content-Length</c>).</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL with all query parameters.</param>
/// <param name="Headers">The headers, the user's own first.</param>
/// <param name="Body">The body; <see langword="null"/> where none is sent.</param>
public sealed record RenderedRequest(string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Body)
{
    /// <summary>Gives nothing of headers and URL, so that one in a log does no harm.</summary>
    public override string ToString() => $"{nameof(RenderedRequest)} {Method}";
}
