using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.AspNetCore.Scheduling.Secrets;
using Switchyard.Jobs.Recurring;

namespace Switchyard.AspNetCore.Scheduling.Tests.Secrets;

public sealed class SecretCanaryTests : IDisposable
{
    private readonly ServiceProvider _services = Services();
    private readonly DataProtectionSecretProtector _keys = new(new EphemeralDataProtectionProvider());

    [Fact]
    public async Task A_second_node_with_the_same_keys_starts()
    {
        await StartAsync(_keys);
        await StartAsync(_keys);
    }

    [Fact]
    public async Task A_node_with_other_keys_does_not_start_and_says_why()
    {
        await StartAsync(_keys);

        var failure = await Assert.ThrowsAsync<CryptographicException>(() => StartAsync(new DataProtectionSecretProtector(new EphemeralDataProtectionProvider())));

        Assert.Contains("can't open the secrets that are stored in its database", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_was_refused_leaves_the_text_of_the_others()
    {
        await StartAsync(_keys);
        await Assert.ThrowsAsync<CryptographicException>(() => StartAsync(new DataProtectionSecretProtector(new EphemeralDataProtectionProvider())));

        await StartAsync(_keys);
    }

    [Fact]
    public async Task What_is_stored_never_fires()
    {
        await StartAsync(_keys);

        var tick = await _services.GetRequiredService<IRecurrenceStore>().FireAsync(10, (_, _) => [], TestContext.Current.CancellationToken);

        Assert.Equal((0, null), (tick.Taken, tick.NextAt));
    }

    public void Dispose() => _services.Dispose();

    private async Task StartAsync(DataProtectionSecretProtector keys)
    {
        var canary = new SecretCanary(_services.GetRequiredService<IServiceScopeFactory>(), keys);
        await canary.StartAsync(TestContext.Current.CancellationToken);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        new Http.KernelBuilder(services).UseInMemory();
        return services.BuildServiceProvider();
    }
}
