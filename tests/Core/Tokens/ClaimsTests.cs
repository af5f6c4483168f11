using System.Text.Json.Nodes;

namespace Switchyard.Tokens.Tests;

public sealed class ClaimsTests
{
    [Fact]
    public async Task Claims_are_copied_under_their_own_names()
    {
        await using var harness = await TokensHarness.StartAsync();
        var token = harness.Issuer.Token(claims =>
        {
            claims["azp"] = "client-2";
            claims["client_name"] = "Acme SIS";
            claims["http://example.test/claim"] = "kept";
            claims["roles"] = new JsonArray("Admin", "Reader");
            claims["flag"] = true;
            claims["nothing"] = null;
            claims["realm_access"] = new JsonObject { ["roles"] = new JsonArray("x") };
            claims["mixed"] = new JsonArray(1, "two");
        });

        var valid = Assert.IsType<TokenResult.Valid>(await harness.ValidateAsync(token));

        var now = harness.Clock.GetUtcNow().ToUnixTimeSeconds();
        string[] expected =
        [
            "aud=https://api.test", "azp=client-2", "client_id=client-1", "client_name=Acme SIS", $"exp={now + 3600}", "flag=true",
            "http://example.test/claim=kept", $"iat={now}", $"iss={harness.Issuer.Issuer}", "mixed=1", "mixed=two", "realm_access={\"roles\":[\"x\"]}",
            "roles=Admin", "roles=Reader", "scope=create:jobs", "scope=partner:acme", "sub=service-account",
        ];
        var principal = valid.Token.CreatePrincipal("api");
        Assert.Equal(expected, principal.Claims.Select(claim => $"{claim.Type}={claim.Value}").Order(StringComparer.Ordinal));
        Assert.All(principal.Claims, claim => Assert.Equal(harness.Issuer.Issuer, claim.Issuer));
        Assert.Equal("service-account", principal.Identity!.Name);
        Assert.Equal("api", principal.Identity.AuthenticationType);
        Assert.True(principal.IsInRole("Admin"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(now + 3600), valid.Token.ExpiresAt);
    }

    [Theory]
    [InlineData("\"create:jobs partner:acme\"", "create:jobs|partner:acme")]
    [InlineData("[\"create:jobs\",\"partner:acme\"]", "create:jobs|partner:acme")]
    [InlineData("[\"create:jobs partner:acme\"]", "create:jobs|partner:acme")]
    [InlineData("\"  create:jobs   create:jobs  \"", "create:jobs")]
    [InlineData("\"create:jobs\\tpartner:acme\"", "create:jobs\tpartner:acme")]
    [InlineData("\"create:jobs\\u00a0partner:acme\"", "create:jobs\u00a0partner:acme")]
    [InlineData("\"create:jobs,partner:acme\"", "create:jobs,partner:acme")]
    [InlineData("\"\"", "")]
    [InlineData("[]", "")]
    [InlineData("5", "")]
    [InlineData("null", "")]
    [InlineData("true", "")]
    [InlineData("{\"create:jobs\":true}", "")]
    [InlineData("[\"create:jobs\",5]", "")]
    [InlineData("[[\"create:jobs\"]]", "")]
    public async Task Scope_is_a_string_or_an_array_of_strings(string json, string scopes)
    {
        await using var harness = await TokensHarness.StartAsync();

        var valid = Assert.IsType<TokenResult.Valid>(await harness.ValidateAsync(harness.Issuer.Token(claims => claims["scope"] = JsonNode.Parse(json))));

        Assert.Equal(scopes, string.Join('|', valid.Token.Scopes.Scopes));
        Assert.Equal(scopes, string.Join('|', valid.Token.Claims.Where(claim => claim.Type == "scope").Select(claim => claim.Value)));
    }

    [Theory]
    [InlineData("roles", "\"Admin\"", true)]
    [InlineData("roles", "[\"Reader\",\"Admin\"]", true)]
    [InlineData("roles", "[\"admin\"]", false)]
    [InlineData("roles", "[\"Administrator\"]", false)]
    [InlineData("roles", "\"Admin Reader\"", false)]
    [InlineData("roles", "[\"Admin\",5]", false)]
    [InlineData("roles", "{\"Admin\":true}", false)]
    [InlineData("Roles", "\"Admin\"", false)]
    [InlineData("ROLES", "[\"Admin\"]", false)]
    [InlineData("role", "\"Admin\"", false)]
    [InlineData("groups", "[\"Admin\"]", false)]
    public async Task Role_is_exact_and_of_the_roles_claim_alone(string claim, string json, bool isAdmin)
    {
        await using var harness = await TokensHarness.StartAsync();

        var valid = Assert.IsType<TokenResult.Valid>(await harness.ValidateAsync(harness.Issuer.Token(claims => claims[claim] = JsonNode.Parse(json))));

        Assert.Equal(isAdmin, valid.Token.CreatePrincipal("api").IsInRole("Admin"));
    }

    [Theory]
    [InlineData("Scope")]
    [InlineData("SCOPE")]
    [InlineData("Client_Id")]
    [InlineData("Sub")]
    public async Task Look_alike_of_a_deciding_claim_is_left_out(string claim)
    {
        await using var harness = await TokensHarness.StartAsync();

        var token = harness.Issuer.Token(claims =>
        {
            claims.Remove(claim.ToLowerInvariant());
            claims[claim] = "create:jobs";
        });
        var valid = Assert.IsType<TokenResult.Valid>(await harness.ValidateAsync(token));

        Assert.Null(valid.Token.CreatePrincipal("api").FindFirst(claim));
    }

    [Fact]
    public async Task Ten_thousand_scopes_do_no_harm()
    {
        await using var harness = await TokensHarness.StartAsync();
        var many = string.Join(' ', Enumerable.Repeat("a b c d e f", 900)) + " create:jobs";

        var valid = Assert.IsType<TokenResult.Valid>(await harness.ValidateAsync(harness.Issuer.Token(claims => claims["scope"] = many)));

        Assert.Equal(["a", "b", "c", "create:jobs", "d", "e", "f"], valid.Token.Scopes.Scopes);
    }
}
