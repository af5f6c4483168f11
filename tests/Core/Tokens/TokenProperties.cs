using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Tokens.Tests;

public sealed class TokenProperties
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= ";
    private static readonly string[] Mutations = ["character", "cut", "insert", "claim", "header", "segment"];
    private static readonly string[] Schemes = ["one", "other-audience", "other-issuer", "secret", "other-secret"];
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("wPq8s-Jk2vB9xN4mLt7yRf3hZc6aDg1e");
    private static readonly byte[] OtherSecret = Encoding.UTF8.GetBytes("Zc6aDg1eLt7yRf3hwPq8s-Jk2vB9xN4m");

    [Fact]
    public async Task No_change_of_a_valid_token_is_accepted()
    {
        await using var harness = await TokensHarness.StartAsync();
        var ec = SigningKey.Ec("ec");
        harness.Issuer.Published = [harness.Issuer.Key.PublicJwk(), ec.PublicJwk()];

        Property.Holds(
            from isEc in Gen.Elements(true, false)
            from client in Gen.Elements("client-1", "b", "ü", "x y")
            from mutation in Gen.Elements(Mutations)
            from at in Gen.Choose(0, 10_000)
            from letter in Gen.Elements(Alphabet.ToCharArray())
            select (IsEc: isEc, Client: client, Mutation: mutation, At: at, Letter: letter),
            value => value.Mutation,
            Mutations,
            async value =>
            {
                var good = harness.Issuer.Token(claims => claims["client_id"] = value.Client, key: value.IsEc ? ec : null);
                Assert.Equal("valid", await harness.OutcomeAsync(good));

                var changed = Change(good, value.Mutation, value.At, value.Letter);

                Assert.Equal(changed == good, await harness.OutcomeAsync(changed) == "valid");
            });
    }

    [Fact]
    public async Task No_token_is_good_for_two_schemes()
    {
        var clock = new ManualTimeProvider();
        await using var issuer = await TestIssuer.StartAsync(clock);
        await using var otherIssuer = await TestIssuer.StartAsync(clock);
        otherIssuer.Rotate(SigningKey.Rsa(issuer.Key.Kid, index: 2));
        await using var services = BuildSchemes(clock, issuer.Issuer, otherIssuer.Issuer);

        Property.Holds(
            from made in Gen.Elements(Schemes)
            from judged in Gen.Elements(Schemes)
            from scope in Gen.Elements("create:jobs", "", "partner:acme")
            select (Made: made, Judged: judged, Scope: scope),
            value => value.Made == value.Judged ? "same" : "another",
            ["same", "another"],
            async value =>
            {
                var source = value.Made == "other-issuer" ? otherIssuer : issuer;
                var claims = source.Claims(value.Scope);
                claims["aud"] = value.Made is "other-audience" ? "https://second.test" : TestIssuer.Audience;
                var token = value.Made switch
                {
                    "secret" => TestToken.CreateHs(Secret, claims),
                    "other-secret" => TestToken.CreateHs(OtherSecret, claims),
                    _ => TestToken.Create(source.Key, claims),
                };

                Assert.Equal(value.Made == value.Judged, await Judge.OutcomeAsync(services, value.Judged, token) == "valid");
            });
    }

    [Fact]
    public async Task Accepted_means_that_everything_is_within_the_policy()
    {
        await using var harness = await TokensHarness.StartAsync();
        var now = harness.Clock.GetUtcNow().ToUnixTimeSeconds();
        var good = harness.Issuer.Claims();

        Property.Holds(
            from issuer in Mostly(good["iss"]!.ToJsonString(), "\"https://evil.test\"", "null")
            from audience in Mostly("\"https://api.test\"", "[]", "\"https://api.test/\"", "[\"other\"]")
            from expiry in Mostly($"{now + 60}", $"{now - 30}", "null", "\"9999999999\"")
            from notBefore in Mostly($"{now}", $"{now + 31}", "\"0\"")
            from type in Mostly("\"JWT\"", "\"logout+jwt\"", "1")
            from algorithm in Mostly("\"RS256\"", "\"none\"", "\"HS256\"", "\"PS256\"")
            select (Payload: $"{{\"iss\":{issuer.Json},\"aud\":{audience.Json},\"exp\":{expiry.Json},\"nbf\":{notBefore.Json}}}",
                Header: $"{{\"alg\":{algorithm.Json},\"typ\":{type.Json},\"kid\":\"key-1\"}}",
                IsGood: issuer.IsGood && audience.IsGood && expiry.IsGood && notBefore.IsGood && type.IsGood && algorithm.IsGood),
            value => value.IsGood ? "within" : "outside",
            ["within", "outside"],
            async value =>
            {
                var token = TestToken.Encode(value.Header, value.Payload, input => harness.Issuer.Key.Sign(input, "RS256"));

                Assert.Equal(value.IsGood, await harness.OutcomeAsync(token) == "valid");
            });
    }

    private static Gen<(string Json, bool IsGood)> Mostly(string good, params string[] bad) =>
        Gen.Frequency((6, Gen.Constant((good, true))), (1, Gen.Elements(bad).Select(json => (json, false))));

    private static string Change(string token, string mutation, int at, char letter)
    {
        at %= token.Length;
        var parts = token.Split('.');
        return mutation switch
        {
            "character" => token[..at] + letter + token[(at + 1)..],
            "cut" => token.Remove(at, 1),
            "insert" => token.Insert(at, letter.ToString()),
            "claim" => $"{parts[0]}.{Edit(parts[1], payload => payload["scope"] = "partner:" + letter)}.{parts[2]}",
            "header" => $"{Edit(parts[0], header => header["x"] = letter.ToString())}.{parts[1]}.{parts[2]}",
            _ => string.Join('.', at % 2 == 0 ? parts.Reverse() : [parts[1], parts[0], parts[2]]),
        };
    }

    private static string Edit(string segment, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(segment))!.AsObject();
        change(json);
        return TestToken.Segment(json.ToJsonString());
    }

    private static ServiceProvider BuildSchemes(TimeProvider clock, string issuer, string otherIssuer)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        var tokens = services.AddTokens();
        foreach (var (name, from, audience) in ((string, string, string)[])
            [("one", issuer, TestIssuer.Audience), ("other-audience", issuer, "https://second.test"), ("other-issuer", otherIssuer, TestIssuer.Audience)])
        {
            tokens.AddOidcIssuer(name, options => (options.Issuer, options.Audience, options.AllowHttp) = (from, audience, true));
        }

        tokens.AddSharedSecret("secret", options => (options.Secret, options.Audience) = (Encoding.UTF8.GetString(Secret), TestIssuer.Audience));
        tokens.AddSharedSecret("other-secret", options => (options.Secret, options.Audience) = (Encoding.UTF8.GetString(OtherSecret), TestIssuer.Audience));
        return services.BuildServiceProvider();
    }
}
