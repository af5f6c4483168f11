using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests.Keys;

public sealed class KeyRotationTests
{
    private static readonly SigningKey Second = SigningKey.Rsa("key-2", index: 1);

    [Fact]
    public async Task First_request_after_a_rotation_succeeds()
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));

        harness.Issuer.Rotate(Second, keepOld: true);

        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        Assert.Equal(2, harness.Issuer.KeyHits);
    }

    [Fact]
    public async Task Requests_after_a_rotation_share_one_fetch()
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        harness.Issuer.Rotate(Second);
        var gate = harness.Issuer.Gate = new TaskCompletionSource();

        var requests = Enumerable.Range(0, 50)
            .Select(index => Task.Run(() => harness.OutcomeAsync(harness.Issuer.Token(claims => claims["jti"] = index))))
            .ToArray();
        await Eventually.HoldsAsync(() => harness.Issuer.KeyHits == 2, "the fetch has begun");
        gate.SetResult();

        Assert.All(await Task.WhenAll(requests), outcome => Assert.Equal("valid", outcome));
        Assert.Equal(2, harness.Issuer.KeyHits);
    }

    [Fact]
    public async Task Removed_key_dies_at_the_refresh_and_its_remembered_tokens_with_it()
    {
        await using var harness = await TokensHarness.StartAsync();
        var token = harness.Issuer.Token();
        Assert.Equal("valid", await harness.OutcomeAsync(token));

        harness.Issuer.Rotate(Second);
        harness.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal("valid", await harness.OutcomeAsync(token));

        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("unknown_key", await harness.OutcomeAsync(token));
    }

    [Fact]
    public async Task Removed_key_dies_when_its_successor_is_first_met()
    {
        await using var harness = await TokensHarness.StartAsync();
        var token = harness.Issuer.Token();
        Assert.Equal("valid", await harness.OutcomeAsync(token));

        harness.Issuer.Rotate(Second);
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));

        Assert.Equal("unknown_key", await harness.OutcomeAsync(token));
    }

    [Fact]
    public async Task Refresh_that_brings_the_same_keys_in_another_order_forgets_nothing()
    {
        await using var harness = await TokensHarness.StartAsync();
        harness.Issuer.Rotate(Second, keepOld: true);
        var before = await harness.Keys.GetAsync(TestContext.Current.CancellationToken);

        harness.Issuer.Published = [.. harness.Issuer.Published.Reverse()];
        harness.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Same(before, await harness.Keys.GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, harness.Issuer.KeyHits);
    }

    [Fact]
    public async Task Rotation_within_the_cool_down_after_a_bogus_kid_is_noticed_when_it_ends()
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        Assert.Equal("unknown_key", await harness.OutcomeAsync(harness.Issuer.Token(header: header => header["kid"] = "bogus")));

        harness.Issuer.Rotate(Second);
        harness.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("unknown_key", await harness.OutcomeAsync(harness.Issuer.Token()));

        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
    }

    [Fact]
    public async Task Flood_of_random_kids_causes_one_fetch_per_cool_down()
    {
        await using var harness = await TokensHarness.StartAsync();
        var good = harness.Issuer.Token();
        Assert.Equal("valid", await harness.OutcomeAsync(good));
        var parts = good.Split('.');

        await Parallel.ForAsync(0, 10_000, async (index, _) =>
        {
            var header = TestToken.Segment($"{{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"{index}\"}}");
            Assert.Equal("unknown_key", await harness.OutcomeAsync($"{header}.{parts[1]}.{parts[2]}"));
        });

        Assert.Equal(2, harness.Issuer.KeyHits);
        Assert.Equal("valid", await harness.OutcomeAsync(good));
    }

    [Fact]
    public async Task Bogus_kid_at_a_broken_issuer_brings_no_further_fetch_within_the_cool_down()
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));
        harness.Issuer.Fault = IssuerFault.ServerError;

        for (var second = 0; second < 30; second++)
        {
            Assert.Equal("unknown_key", await harness.OutcomeAsync(harness.Issuer.Token(header: header => header["kid"] = "bogus")));
            harness.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, harness.Issuer.DiscoveryHits);
    }

    [Fact]
    public async Task Token_that_no_key_could_make_good_causes_no_fetch()
    {
        await using var harness = await TokensHarness.StartAsync();
        Assert.Equal("valid", await harness.OutcomeAsync(harness.Issuer.Token()));

        Assert.Equal("audience", await harness.OutcomeAsync(harness.Issuer.Token(claims => claims["aud"] = "other", header => header["kid"] = "bogus")));

        Assert.Equal(1, harness.Issuer.KeyHits);
    }

    [Fact]
    public async Task Unknown_kid_joins_a_fetch_under_way_and_then_makes_its_own()
    {
        await using var harness = await TokensHarness.StartAsync();
        var seen = await harness.Keys.GetAsync(TestContext.Current.CancellationToken);
        harness.Clock.Advance(TimeSpan.FromMinutes(10));
        var gate = harness.Issuer.Gate = new TaskCompletionSource();
        var due = harness.Keys.GetAsync(TestContext.Current.CancellationToken).AsTask();
        await Eventually.HoldsAsync(() => harness.Issuer.KeyHits == 2, "the due refresh has begun");

        var newer = harness.Keys.RefreshAsync(seen!, TestContext.Current.CancellationToken).AsTask();
        Assert.False(newer.IsCompleted);
        gate.SetResult();

        Assert.Same(seen, await due);
        Assert.Same(seen, await newer);
        Assert.Equal(3, harness.Issuer.KeyHits);
    }

    [Fact]
    public async Task Caller_that_goes_away_leaves_the_fetch_to_the_others()
    {
        await using var harness = await TokensHarness.StartAsync();
        var gate = harness.Issuer.Gate = new TaskCompletionSource();
        using var left = new CancellationTokenSource();
        var first = harness.Keys.GetAsync(left.Token).AsTask();
        var second = harness.Keys.GetAsync(TestContext.Current.CancellationToken).AsTask();
        await Eventually.HoldsAsync(() => harness.Issuer.KeyHits == 1, "the fetch has begun");

        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.NotNull(await second);
        Assert.Equal(1, harness.Issuer.KeyHits);
    }

    [Fact]
    public async Task Refresh_for_a_set_that_is_old_already_gives_the_current_one_without_a_fetch()
    {
        await using var harness = await TokensHarness.StartAsync();
        var current = await harness.Keys.GetAsync(TestContext.Current.CancellationToken);

        Assert.Same(current, await harness.Keys.RefreshAsync(new TokenKeySet([]), TestContext.Current.CancellationToken));
        Assert.Equal(1, harness.Issuer.KeyHits);
    }
}
