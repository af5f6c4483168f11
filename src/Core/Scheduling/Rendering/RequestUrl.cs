using System.Text;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Builds the URL that is called: the webhook's own, with its parameters appended to whatever query it has.</summary>
internal static class RequestUrl
{
    public static string Build(string url, IReadOnlyList<KeyValuePair<string, string>>? parameters)
    {
        var bare = WithoutFragment(url);
        if (parameters is not { Count: > 0 })
        {
            return bare;
        }

        var text = new StringBuilder(bare);
        var separator = !bare.Contains('?', StringComparison.Ordinal) ? "?" : bare[^1] is '?' or '&' ? "" : "&";
        foreach (var (name, value) in parameters)
        {
            text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = "&";
        }

        return text.ToString();
    }

    /// <summary>Gets a good URL as it is stored: without its fragment, which is never sent, and in ASCII.</summary>
    public static string Stored(string url)
    {
        var bare = WithoutFragment(url);
        if (Ascii.IsValid(bare))
        {
            return bare;
        }

        var uri = new Uri(bare);
        return new UriBuilder(uri) { Host = uri.IdnHost }.Uri.AbsoluteUri;
    }

    private static string WithoutFragment(string url) => url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? url[..at] : url;
}
