using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Switchyard.Outbound.Tests;

public sealed class AddOutboundGuardTests
{
    [Fact]
    public void Adding_twice_adds_once_and_configures_twice()
    {
        var services = new ServiceCollection();
        services.AddOutboundGuard(o => o.ConnectionsPerHost = 3);
        var count = services.Count;

        services.AddOutboundGuard(o => o.AllowPrivateNetworks = true);

        // The one more is the second delegate.
        Assert.Equal(count + 1, services.Count);
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<OutboundGuardOptions>>().Value;
        Assert.Equal((3, true), (options.ConnectionsPerHost, options.AllowPrivateNetworks));
        Assert.Single(provider.GetServices<IOutboundGuard>());
    }

    [Fact]
    public void Defaults_are_those_of_the_README()
    {
        var options = new OutboundGuardOptions();

        Assert.False(options.AllowPrivateNetworks);
        Assert.Empty(options.TrustedHosts);
        Assert.Empty(options.AllowedNetworks);
        Assert.Empty(options.AllowedPorts);
        Assert.Equal(8, options.ConnectionsPerHost);
        Assert.Equal(TimeSpan.FromSeconds(5), options.ConnectTimeout);
    }

    [Theory]
    [InlineData("https://idp.example.org")]
    [InlineData("idp.example.org:443")]
    [InlineData("*.example.org")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("user@host")]
    public void Trusted_host_that_is_no_name_stops_the_start(string host) =>
        Assert.Contains($"TrustedHosts holds '{host}'", StartFailure(o => o.TrustedHosts.Add(host)), StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("inside")]
    [InlineData("")]
    public void Allowed_network_that_is_none_stops_the_start(string network) =>
        Assert.Contains($"AllowedNetworks holds '{network}'", StartFailure(o => o.AllowedNetworks.Add(network)), StringComparison.Ordinal);

    [Fact]
    public void Numbers_out_of_range_stop_the_start_each_by_its_name()
    {
        var failure = StartFailure(o =>
        {
            o.AllowedPorts = [80, 0];
            o.ConnectionsPerHost = 0;
            o.ConnectTimeout = TimeSpan.Zero;
        });

        Assert.All(["AllowedPorts", "ConnectionsPerHost", "ConnectTimeout"], name => Assert.Contains(name, failure, StringComparison.Ordinal));
    }

    private static string StartFailure(Action<OutboundGuardOptions> configure)
    {
        using var provider = new ServiceCollection().AddOutboundGuard(configure).BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message;
    }
}
