using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs.Recurring;
using Switchyard.Secrets;

namespace Switchyard.AspNetCore.Scheduling.Secrets;

/// <summary>Stops the start of a node whose keys can't open what others sealed, before it stores secrets that those others can't open.</summary>
/// <remarks>The first node seals a known text and stores it, as a recurrence that never fires: every storage adapter has room for one.</remarks>
internal sealed class SecretCanary(IServiceScopeFactory scopes, ISecretProtector protector) : IHostedService
{
    private const string Kind = "scheduling.secret-canary";
    private const string Text = "the keys of this database";

    private static readonly Guid Id = OccurrenceId.Of(Guid.Empty, Kind);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IRecurrenceStore>();
        var stored = await store.ChangeAsync(Id, (found, _) => found is null ? new RecurrenceChange(Sealed()) : null, cancellationToken);
        if (stored?.Template is not { } template || !Opens(template))
        {
            throw new CryptographicException(
                "The keys of this host can't open the secrets that are stored in its database: signing secrets and headers of webhooks. "
                + "Give it the keys that they were sealed with (the key ring of Data Protection, or the ISecretProtector of the other nodes).");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Recurrence Sealed() => new()
    {
        Id = Id,
        Kind = Kind,
        Expression = "0 0 1 1 *",
        Enabled = false,
        Template = protector.Protect(Kind, Text),
    };

    private bool Opens(string template)
    {
        try
        {
            return protector.Unprotect(Kind, template) == Text;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
