using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Limits what a client may send before any code of ours sees it.</summary>
internal static class KestrelLimits
{
    private const int KiB = 1024;

    /// <summary>Sets the limits. Upload endpoints raise the body's for themselves.</summary>
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = KiB * KiB;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * KiB;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 * KiB;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
