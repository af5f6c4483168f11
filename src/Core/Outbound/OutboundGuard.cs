using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Switchyard.Outbound.Connections;
using Switchyard.Outbound.Destinations;

namespace Switchyard.Outbound;

/// <inheritdoc/>
internal sealed partial class OutboundGuard : IOutboundGuard, IDisposable
{
    private readonly DestinationRules _rules;
    private readonly OutboundInstruments _instruments;
    private readonly ILogger _logger;
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeSpan _connectTimeout;

    public OutboundGuard(
        DestinationRules rules,
        CheckedConnections connections,
        IOptions<OutboundGuardOptions> options,
        OutboundInstruments instruments,
        ILogger<OutboundGuard>? logger = null)
    {
        _rules = rules;
        _instruments = instruments;
        _logger = logger ?? NullLogger<OutboundGuard>.Instance;
        _connectTimeout = options.Value.ConnectTimeout;
        _invoker = new HttpMessageInvoker(GuardedHandler.Create(options.Value, connections));
    }

    public string? WhyRefused(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return _rules.Judge(url)?.Clause;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var url = request.RequestUri ?? throw new ArgumentException("The request needs a URL.", nameof(request));
        if ((_rules.Judge(url) ?? JudgeHeaders(request)) is { } refusal)
        {
            throw Refuse(url, refusal, null);
        }

        KeepToTcp(request);
        try
        {
            return await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.InnerException is RefusedConnectionException refused)
        {
            throw Refuse(url, refused.Refusal, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"No connection came about within {_connectTimeout.TotalSeconds} s.", exception);
        }
    }

    public void Dispose() => _invoker.Dispose();

    // The certificate is checked against the Host header where there is one, and that must be the host that was asked for.
    private static Refusal? JudgeHeaders(HttpRequestMessage request) => request.Headers.Host is null ? null : Refusal.HostHeader;

    // HTTP/3 makes connections of its own, which nobody has checked.
    private static void KeepToTcp(HttpRequestMessage request)
    {
        request.Version = request.Version > HttpVersion.Version20 ? HttpVersion.Version20 : request.Version;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
    }

    private OutboundRefusedException Refuse(Uri url, Refusal refusal, Exception? cause)
    {
        _instruments.OnRefused(refusal.Kind);
        LogRefused(_logger, url.IsAbsoluteUri ? url.IdnHost : "", refusal.Clause);
        return new OutboundRefusedException(refusal.Clause, cause);
    }

    [LoggerMessage(EventIds.DestinationRefused, LogLevel.Information, "A request to host {Host} was refused: {Reason}", EventName = nameof(EventIds.DestinationRefused))]
    private static partial void LogRefused(ILogger logger, string host, string reason);
}
