using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Ingest.Bundles;

namespace Switchyard.Ingest.Partners;

/// <summary>Applies the partners file, or the built-in sample, when the host starts.</summary>
internal sealed partial class PartnersStartup(
    IServiceScopeFactory scopes, IOptions<IngestOptions> options, ILogger<PartnersStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var partners = Read(options.Value);
        if (partners.Count == 0)
        {
            return;
        }

        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await scope.ServiceProvider.GetRequiredService<IPartnerDirectory>().UpsertAsync(partners, cancellationToken).ConfigureAwait(false);
        }

        LogApplied(partners.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public static IReadOnlyList<Partner> Read(IngestOptions options)
    {
        if (options.PartnersFile is { } path)
        {
            return PartnersFile.Read(BundleSource.ReadText(path), path);
        }

        if (!options.UseSample)
        {
            return [];
        }

        using var stream = typeof(PartnersStartup).Assembly.GetManifestResourceStream("sample-partners.yaml")!;
        using var reader = new StreamReader(stream);
        return PartnersFile.Read(reader.ReadToEnd(), "the built-in sample");
    }

    [LoggerMessage(EventIds.PartnersApplied, LogLevel.Information, "Applied {Count} partners", EventName = "PartnersApplied")]
    private partial void LogApplied(int count);
}
