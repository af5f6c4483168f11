namespace Switchyard.Outbound.Destinations;

/// <summary>Reads the names of trusted hosts into the form that URLs have them in.</summary>
internal static class TrustedHostName
{
    /// <summary>Gives the name as <see cref="Uri.IdnHost"/> would, or <see langword="null"/> where it is no host name.</summary>
    public static string? Normalize(string? host) =>
        Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.Basic ? null : new UriBuilder(Uri.UriSchemeHttps, host).Uri.IdnHost;
}
