using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Switchyard.Tokens.Keys;

/// <summary>Fetches every issuer's keys in the background: at the start, which doesn't wait for them, and whenever they are due.</summary>
internal sealed class KeyRefreshService(
    IServiceProvider services, IEnumerable<TokenSourceName> names, IOptionsMonitor<OidcIssuerOptions> options, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loops = names
            .Where(name => name.Options == typeof(OidcIssuerOptions) && options.Get(name.Name).Issuer is not null)
            .Select(name => services.GetKeyedService<ITokenKeySource>(name.Name))
            .OfType<OidcKeySource>()
            .Select(source => RefreshAsync(source, stoppingToken));
        return Task.WhenAll(loops);
    }

    private async Task RefreshAsync(OidcKeySource source, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await source.GetAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(AtLeast(source.UntilDue), time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    // Due already means a fetch is under way that this loop didn't wait for; look again shortly.
    private static TimeSpan AtLeast(TimeSpan pause) => pause > TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1);
}
