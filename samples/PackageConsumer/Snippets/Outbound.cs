using Switchyard.Outbound;

namespace PackageConsumer.Snippets;

internal static class Outbound
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddOutboundGuard(o => o.TrustedHosts.Add("idp.example.org"));
    }

    public static async Task<string> CallAsync(IOutboundGuard guard, Uri url, CancellationToken cancellationToken)
    {
        if (guard.WhyRefused(url) is { } why)
        {
            return $"This URL can't be called: {why}.";
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        try
        {
            using var response = await guard.SendAsync(request, cancellationToken);
            return $"The receiver answered {(int)response.StatusCode}.";
        }
        catch (OutboundRefusedException refused)
        {
            return refused.Message; // "destination not allowed: the host resolves to an address that is not public"
        }
    }
}
