using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests.Keys;

public sealed class KeyFaultTests
{
    public static TheoryData<IssuerFault> Faults =>
        [.. Enum.GetValues<IssuerFault>().Where(fault => fault is not (IssuerFault.None or IssuerFault.Slowloris))];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Failed_refresh_keeps_the_last_good_keys_for_as_long_as_it_lasts(IssuerFault fault)
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));

        harness.Issuer.Fault = fault;
        for (var hour = 0; hour < 24; hour++)
        {
            harness.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        }

        Assert.True(harness.Issuer.DiscoveryHits > 1);
        Assert.Equal(0, harness.Issuer.OtherHits);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Keys_that_never_came_make_tokens_unavailable_until_they_come(IssuerFault fault)
    {
        await using var harness = await TokensHarness.StartAsync();
        harness.Issuer.Fault = fault;
        Assert.Equal("unavailable", await harness.OutcomeAsync(harness.Issuer.Token()));
        Assert.Equal("unavailable", await harness.OutcomeAsync("junk"));
        Assert.Equal("unavailable", await harness.OutcomeAsync(""));

        harness.Issuer.Fault = IssuerFault.None;
        Assert.Equal("unavailable", await harness.OutcomeAsync(harness.Issuer.Token()));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
    }

    [Fact]
    public async Task Requests_without_keys_fetch_at_most_once_a_second()
    {
        await using var harness = await TokensHarness.StartAsync();
        harness.Issuer.Fault = IssuerFault.ServerError;

        for (var request = 0; request < 100; request++)
        {
            Assert.Equal("unavailable", await harness.OutcomeAsync("x"));
        }

        Assert.Equal(1, harness.Issuer.DiscoveryHits);
    }

    [Fact]
    public async Task Slow_issuer_ends_at_the_time_limit()
    {
        await using var harness = await TokensHarness.StartAsync();
        harness.Issuer.Fault = IssuerFault.Slowloris;

        var outcome = harness.OutcomeAsync(harness.Issuer.Token());
        await Eventually.HoldsAsync(() => harness.Issuer.KeyHits == 1, "the fetch hangs");
        Assert.False(outcome.IsCompleted);
        harness.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("unavailable", await outcome);
    }

    [Fact]
    public async Task Slow_issuer_holds_up_one_request_and_later_ones_go_by_the_last_good_keys()
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        harness.Issuer.Fault = IssuerFault.Slowloris;
        harness.Clock.Advance(TimeSpan.FromMinutes(10));

        var held = harness.OutcomeAsync(harness.Issuer.Token());
        await Eventually.HoldsAsync(() => harness.Issuer.KeyHits == 2, "the refresh hangs");
        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("valid", await held);

        // The next refresh is due, and hangs too: nobody waits for it.
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        await Eventually.HoldsAsync(() => harness.Issuer.KeyHits == 3, "the next refresh hangs");
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
    }

    [Fact]
    public async Task Removed_key_dies_at_the_first_refresh_that_works_after_an_outage()
    {
        await using var harness = await TokensHarness.StartAsync();
        var token = harness.Issuer.Token();
        Assert.Equal("valid", await harness.OutcomeAsync(token));
        harness.Issuer.Fault = IssuerFault.ConnectionReset;
        harness.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("valid", await harness.OutcomeAsync(token));

        harness.Issuer.Fault = IssuerFault.None;
        harness.Issuer.Rotate(SigningKey.Rsa("key-2", index: 1));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.HoldsAsync(async () => await harness.OutcomeAsync(token) == "unknown_key", "the removed key is refused");
    }

    [Fact]
    public async Task Keys_that_are_unfit_are_dropped_and_their_neighbours_used()
    {
        await using var harness = await TokensHarness.StartAsync();
        var shortKey = SigningKey.Rsa("short", bits: 1024);
        var good = harness.Issuer.Key;
        harness.Issuer.Published =
        [
            new() { ["kty"] = "oct", ["kid"] = "secret", ["k"] = "c2VjcmV0" },
            shortKey.PublicJwk(),
            new() { ["kty"] = "RSA", ["kid"] = "no-modulus", ["e"] = "AQAB" },
            new() { ["kty"] = "EC", ["kid"] = "off-curve", ["crv"] = "P-256", ["x"] = new string('A', 43), ["y"] = new string('A', 43) },
            new() { ["kty"] = "OKP", ["kid"] = "ed", ["crv"] = "Ed25519", ["x"] = new string('A', 43) },
            new() { ["kty"] = 5, ["kid"] = "number" },
            good.PublicJwk(),
        ];

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        Assert.Equal("unknown_key", await harness.OutcomeAsync(harness.Issuer.Token(key: shortKey)));
        Assert.Single((await harness.Keys.GetAsync(TestContext.Current.CancellationToken))!.Keys);
    }

    [Theory]
    [InlineData("RS256", "valid")]
    [InlineData("PS256", "unknown_key")]
    public async Task Key_that_names_its_algorithm_serves_no_other(string algorithm, string outcome)
    {
        await using var harness = await TokensHarness.StartAsync();
        var jwk = harness.Issuer.Key.PublicJwk();
        jwk["alg"] = "RS256";
        harness.Issuer.Published = [jwk];

        Assert.Equal(outcome, await harness.OutcomeAsync(TestToken.Create(harness.Issuer.Key, harness.Issuer.Claims(), algorithm: algorithm)));
    }

    [Fact]
    public async Task Plain_http_keys_are_not_fetched_unless_allowed()
    {
        await using var sink = await SinkServer.StartAsync();
        await using var harness = await TokensHarness.StartAsync(options => options.AllowHttp = false);

        var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => harness.Keys);

        Assert.Contains("https", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, harness.Issuer.DiscoveryHits);
    }
}
