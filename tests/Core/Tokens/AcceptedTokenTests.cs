using System.Text.Json.Nodes;
using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests;

public sealed class AcceptedTokenTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task Token_of_every_listed_algorithm_is_valid(string algorithm)
    {
        await using var harness = await TokensHarness.StartAsync();
        harness.Issuer.Rotate(algorithm[0] == 'E' ? SigningKey.Ec("k", algorithm) : SigningKey.Rsa("k", algorithm));

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("at+jwt")]
    [InlineData("application/at+jwt")]
    [InlineData("AT+JWT")]
    public async Task Token_of_these_types_is_valid(string? type)
    {
        await using var harness = await TokensHarness.StartAsync();

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token(header: header => Set(header, "typ", type))));
    }

    [Theory]
    [InlineData(null, "type")]
    [InlineData("JWT", "type")]
    [InlineData("at+jwt", "valid")]
    [InlineData("application/at+jwt", "valid")]
    public async Task Host_may_ask_for_the_access_token_type(string? type, string outcome)
    {
        await using var harness = await TokensHarness.StartAsync(options => options.RequireAccessTokenType = true);

        Assert.Equal(outcome, await harness.OutcomeAsync(harness.Issuer.Token(header: header => Set(header, "typ", type))));
    }

    [Fact]
    public async Task Token_of_several_audiences_with_ours_among_them_is_valid()
    {
        await using var harness = await TokensHarness.StartAsync(options => options.FurtherAudiences.Add("second"));

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token(claims => claims["aud"] = new JsonArray("other", TestIssuer.Audience))));
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token(claims => claims["aud"] = "second")));
    }

    [Fact]
    public async Task Token_without_kid_is_valid_where_exactly_one_key_fits()
    {
        await using var harness = await TokensHarness.StartAsync();
        var ec = SigningKey.Ec("ec");
        harness.Issuer.Published = [.. harness.Issuer.Published, ec.PublicJwk()];

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token(header: header => header.Remove("kid"))));
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token(header: header => header.Remove("kid"), key: ec)));
    }

    [Fact]
    public async Task Token_without_kid_is_refused_where_two_keys_fit()
    {
        await using var harness = await TokensHarness.StartAsync();
        harness.Issuer.Rotate(SigningKey.Rsa("key-2", index: 1), keepOld: true);

        Assert.Equal("unknown_key", await harness.OutcomeAsync(harness.Issuer.Token(header: header => header.Remove("kid"))));
    }

    [Fact]
    public async Task Token_without_kid_is_valid_at_once_after_a_rotation()
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));

        harness.Issuer.Rotate(SigningKey.Rsa("key-2", index: 1));

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token(header: header => header.Remove("kid"))));
    }

    [Fact]
    public async Task Issuer_with_a_path_is_valid()
    {
        var clock = new Switchyard.TestKit.ManualTimeProvider();
        await using var issuer = await TestIssuer.StartAsync(clock, path: "/realms/one");
        await using var services = TokensHarness.Build(issuer.Issuer, clock);

        Assert.Equal("valid", await Judge.OutcomeAsync(services, "api", issuer.Token()));
    }

    [Fact]
    public async Task Header_of_a_good_token_may_name_its_keys_url_which_nobody_asks()
    {
        await using var harness = await TokensHarness.StartAsync();
        await using var sink = await SinkServer.StartAsync();

        var token = harness.Issuer.Token(header: header => header["jku"] = sink.Url);

        Assert.Equal("valid", await harness.OutcomeAsync(token));
        Assert.Equal(0, sink.Hits);
    }

    private static void Set(JsonObject header, string name, string? value)
    {
        if (value is null)
        {
            header.Remove(name);
            return;
        }

        header[name] = value;
    }
}
