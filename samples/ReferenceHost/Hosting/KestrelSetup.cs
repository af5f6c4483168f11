using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Sets Kestrel up: addresses and limits.</summary>
internal static class KestrelSetup
{
    /// <summary>Makes the host listen where its settings say, with ports that are known from now on.</summary>
    /// <returns>The host's own base URL as clients see it, without a slash at its end.</returns>
    public static string ListenOn(this WebApplicationBuilder builder, HostSettings settings)
    {
        var sockets = ListeningSockets.Bind(settings.Urls);

        // By way of the container, which disposes of what Kestrel never took.
        builder.Services.AddSingleton(_ => sockets);
        builder.Services.AddOptions<SocketTransportOptions>().Configure<ListeningSockets>((options, bound) => options.CreateBoundListenSocket = bound.Take);
        builder.WebHost.UseUrls([.. sockets.Urls]);
        builder.WebHost.ConfigureKestrel(KestrelLimits.Apply);
        return settings.PublicUrl ?? sockets.LocalUrl;
    }
}
