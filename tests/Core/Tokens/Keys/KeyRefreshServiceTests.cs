using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;
using Switchyard.Tokens.Keys;

namespace Switchyard.Tokens.Tests.Keys;

public sealed class KeyRefreshServiceTests
{
    [Fact]
    public async Task Keys_are_there_before_the_first_request_and_stay_fresh_without_any()
    {
        await using var harness = await TokensHarness.StartAsync();
        var service = Assert.Single(harness.Services.GetServices<IHostedService>());
        var source = (OidcKeySource)harness.Keys;

        await service.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => source.UntilDue == TimeSpan.FromMinutes(10) && harness.Clock.ArmedTimers == 1, "the keys are fetched at the start");
        harness.Clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually.HoldsAsync(() => harness.Issuer.KeyHits == 2, "the keys are fetched again");

        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_with_a_dead_issuer_succeeds_and_the_keys_come_when_it_does()
    {
        var clock = new ManualTimeProvider();
        var dead = await TestIssuer.StartAsync(clock);
        var address = new Uri(dead.Issuer);
        await dead.DisposeAsync();
        await using var services = TokensHarness.Build(address.GetLeftPart(UriPartial.Authority), clock);
        var service = Assert.Single(services.GetServices<IHostedService>());

        await service.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("unavailable", await Judge.OutcomeAsync(services, "api", "x"));
        await using var issuer = await TestIssuer.StartAsync(clock, address.Port);

        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return await services.GetRequiredKeyedService<ITokenKeySource>("api").GetAsync(TestContext.Current.CancellationToken) is not null;
            },
            "the keys are fetched once the issuer is there");
        Assert.Equal("valid", await Judge.OutcomeAsync(services, "api", issuer.Token()));
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Background_tries_again_ever_more_slowly_without_any_request()
    {
        await using var harness = await TokensHarness.StartAsync();
        harness.Issuer.Fault = IssuerFault.ServerError;
        var service = Assert.Single(harness.Services.GetServices<IHostedService>());
        var source = (OidcKeySource)harness.Keys;
        await service.StartAsync(TestContext.Current.CancellationToken);

        // 1, 2, 4, 8, 16 and then 30 seconds apart.
        int[] pauses = [1, 2, 4, 8, 16, 30, 30];
        for (var attempt = 0; attempt < pauses.Length; attempt++)
        {
            var pause = TimeSpan.FromSeconds(pauses[attempt]);
            await Eventually.HoldsAsync(() => source.UntilDue == pause && harness.Clock.ArmedTimers == 1, $"attempt {attempt + 1} has failed");
            Assert.Equal(attempt + 1, harness.Issuer.DiscoveryHits);
            harness.Clock.Advance(pause);
        }

        await service.StopAsync(TestContext.Current.CancellationToken);
    }
}
