using System.Text;
using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests;

public sealed class RememberedTokensTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    [Fact]
    public async Task Second_use_of_a_token_gives_the_very_same_result()
    {
        await using var harness = await TokensHarness.StartAsync();
        var token = harness.Issuer.Token();

        var first = await harness.ValidateAsync(token);

        Assert.IsType<TokenResult.Valid>(first);
        Assert.Same(first, await harness.ValidateAsync(token));
    }

    [Fact]
    public async Task Second_use_is_judged_anew_where_nothing_is_remembered()
    {
        await using var harness = await TokensHarness.StartAsync(options => options.RememberedTokens = 0);
        var token = harness.Issuer.Token();

        var first = await harness.ValidateAsync(token);

        Assert.IsType<TokenResult.Valid>(first);
        Assert.NotSame(first, await harness.ValidateAsync(token));
    }

    [Fact]
    public async Task Remembered_token_expires_to_the_second_like_a_new_one()
    {
        await using var harness = await TokensHarness.StartAsync();
        var token = harness.Issuer.Token(claims => claims["exp"] = harness.Clock.GetUtcNow().ToUnixTimeSeconds() + 60);
        Assert.Equal("valid", await harness.OutcomeAsync(token));

        harness.Clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal("valid", await harness.OutcomeAsync(token));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("expired", await harness.OutcomeAsync(token));
    }

    [Fact]
    public async Task Token_that_differs_in_one_character_of_its_signature_is_not_taken_for_the_remembered_one()
    {
        await using var harness = await TokensHarness.StartAsync();
        var token = harness.Issuer.Token();
        Assert.Equal("valid", await harness.OutcomeAsync(token));

        var other = token[..^5] + (token[^5] == 'A' ? 'B' : 'A') + token[^4..];

        Assert.Equal("signature", await harness.OutcomeAsync(other));
    }

    [Fact]
    public async Task Principals_of_one_remembered_token_are_each_their_own()
    {
        await using var harness = await TokensHarness.StartAsync();
        var valid = Assert.IsType<TokenResult.Valid>(await harness.ValidateAsync(harness.Issuer.Token()));
        var first = valid.Token.CreatePrincipal("api");

        ((System.Security.Claims.ClaimsIdentity)first.Identity!).AddClaim(new("roles", "Admin"));

        Assert.True(first.IsInRole("Admin"));
        Assert.False(valid.Token.CreatePrincipal("api").IsInRole("Admin"));
    }

    [Fact]
    public void No_more_tokens_than_the_capacity_are_kept()
    {
        var remembered = new RememberedTokens(3);

        for (var index = 0; index < 100; index++)
        {
            remembered.Add(Hash(index), Result(), Later, Now);
        }

        Assert.Equal(3, remembered.Count);
        Assert.NotNull(remembered.Find(Hash(99), Now));
        Assert.Null(remembered.Find(Hash(0), Now));
    }

    [Fact]
    public void Token_in_use_outlives_those_that_are_not()
    {
        var remembered = new RememberedTokens(3);
        remembered.Add(Hash(0), Result(), Later, Now);

        for (var index = 1; index < 100; index++)
        {
            Assert.NotNull(remembered.Find(Hash(0), Now));
            remembered.Add(Hash(index), Result(), Later, Now);
        }

        Assert.NotNull(remembered.Find(Hash(0), Now));
        Assert.Equal(3, remembered.Count);
    }

    [Fact]
    public void Expired_token_gives_way_though_it_was_used_of_late()
    {
        var remembered = new RememberedTokens(2);
        remembered.Add(Hash(0), Result(), Now.AddSeconds(1), Now);
        remembered.Add(Hash(1), Result(), Later, Now);
        Assert.NotNull(remembered.Find(Hash(0), Now));
        Assert.NotNull(remembered.Find(Hash(1), Now));

        remembered.Add(Hash(2), Result(), Later, Now.AddSeconds(1));

        Assert.Null(remembered.Find(Hash(0), Now));
        Assert.NotNull(remembered.Find(Hash(1), Now));
        Assert.NotNull(remembered.Find(Hash(2), Now));
    }

    [Fact]
    public void Many_threads_may_add_and_find_at_once()
    {
        var remembered = new RememberedTokens(64);

        Parallel.For(0, 20_000, index =>
        {
            remembered.Add(Hash(index % 200), Result(), Later, Now);
            remembered.Find(Hash(index % 50), Now);
        });

        Assert.Equal(64, remembered.Count);
    }

    private static TokenHash Hash(int index) => TokenHash.Of(Encoding.ASCII.GetBytes($"token {index}"));

    private static TokenResult.Valid Result() => new(new VerifiedToken([], Later));
}
