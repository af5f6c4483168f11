using Switchyard.Outbound;

namespace Switchyard.Scheduling;

/// <summary>Lets everything through but what a test refuses.</summary>
internal sealed class LoopbackGuard : IOutboundGuard, IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    public string? WhyRefused(Uri url) => url.Host is "10.0.0.1" or "localhost.test" ? "the address is private" : null;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.Host == "inside.test" ? throw new OutboundRefusedException("the address is private") : _client.SendAsync(request, cancellationToken);

    public void Dispose() => _client.Dispose();
}
