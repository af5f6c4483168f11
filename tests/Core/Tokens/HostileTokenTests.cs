using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests;

public sealed class HostileTokenTests(HostileTokenTests.Server server) : IClassFixture<HostileTokenTests.Server>
{
    public static TheoryData<string> Names => [.. HostileToken.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Hostile_token_is_refused_for_its_fault(string name)
    {
        var hostile = HostileToken.All[name];

        Assert.Equal(hostile.Reason, await server.Harness.OutcomeAsync(hostile.Make(server.Context)));
        Assert.Equal(0, server.Sink.Hits);
        Assert.Equal(0, server.Harness.Issuer.OtherHits);
    }

    [Fact]
    public async Task Issuer_of_the_hostile_tokens_signs_good_ones_too()
    {
        Assert.Equal("valid", await server.Harness.OutcomeAsync(server.Harness.Issuer.Token()));
        Assert.Equal("valid", await server.Harness.OutcomeAsync(server.Harness.Issuer.Token(key: server.Context.Ec)));
        Assert.Equal("valid", await server.Harness.OutcomeAsync(server.Context.Sign(server.Context.Header, server.Context.Payload)));
    }

    [Theory]
    [InlineData("exp", -29)]
    [InlineData("nbf", 30)]
    [InlineData("iat", 30)]
    public async Task Times_within_the_clock_skew_are_good(string claim, int seconds)
    {
        var token = server.Harness.Issuer.Token(claims => claims[claim] = server.Context.Now + seconds);

        Assert.Equal("valid", await server.Harness.OutcomeAsync(token));
    }

    public sealed class Server : IAsyncLifetime
    {
        internal TokensHarness Harness { get; private set; } = null!;

        internal SinkServer Sink { get; private set; } = null!;

        internal HostileContext Context { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Harness = await TokensHarness.StartAsync();
            Sink = await SinkServer.StartAsync();
            Context = new HostileContext(Harness.Issuer, Sink.Url);
        }

        public async ValueTask DisposeAsync()
        {
            await Sink.DisposeAsync();
            await Harness.DisposeAsync();
        }
    }
}
