using Switchyard.AspNetCore.Scheduling.Health;

namespace Switchyard.AspNetCore.Scheduling.Tests.Health;

public sealed class RedisPingTests
{
    [Fact]
    public async Task A_server_that_answers_pong_is_there()
    {
        await using var redis = new RedisDouble("+PONG\r\n");

        Assert.True(await PingAsync($"redis://127.0.0.1:{redis.Port}"));
        Assert.Equal("*1\r\n$4\r\nPING\r\n", redis.Received);
    }

    [Theory]
    [InlineData("h%C3%BCrde", "*2\r\n$4\r\nAUTH\r\n$6\r\nhürde\r\n")]
    [InlineData(":s3cret", "*2\r\n$4\r\nAUTH\r\n$6\r\ns3cret\r\n")]
    [InlineData("ada:a%3Ab", "*3\r\n$4\r\nAUTH\r\n$3\r\nada\r\n$3\r\na:b\r\n")]
    public async Task The_password_of_the_url_is_given_first(string userInfo, string expected)
    {
        await using var redis = new RedisDouble("+OK\r\n", "+PONG\r\n");

        Assert.True(await PingAsync($"redis://{userInfo}@localhost:{redis.Port}/0"));
        Assert.Equal(expected + "*1\r\n$4\r\nPING\r\n", redis.Received);
    }

    [Theory]
    [InlineData("-NOAUTH Authentication required.\r\n")]
    [InlineData("-LOADING Redis is loading the dataset in memory\r\n")]
    [InlineData("+PONGO\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("")]
    public async Task Any_other_answer_is_none(string answer)
    {
        await using var redis = new RedisDouble(answer);

        Assert.False(await PingAsync($"redis://127.0.0.1:{redis.Port}"));
    }

    [Fact]
    public async Task A_wrong_password_is_no_ping()
    {
        await using var redis = new RedisDouble("-WRONGPASS invalid username-password pair\r\n", "+PONG\r\n");

        Assert.False(await PingAsync($"redis://:x@127.0.0.1:{redis.Port}"));
        Assert.DoesNotContain("PING", redis.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_no_answer()
    {
        int port;
        await using (var redis = new RedisDouble("+PONG\r\n"))
        {
            port = redis.Port;
        }

        Assert.False(await PingAsync($"redis://127.0.0.1:{port}"));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_at_the_deadline()
    {
        await using var redis = new RedisDouble([null]);
        using var deadline = new CancellationTokenSource();
        var ping = RedisPing.PingAsync(new Uri($"redis://127.0.0.1:{redis.Port}"), deadline.Token);
        await TestKit.Eventually.HoldsAsync(() => redis.Received.Length > 0, "the ping was sent");

        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ping);
    }

    [Fact]
    public async Task Endless_answers_are_not_read_to_their_end()
    {
        await using var redis = new RedisDouble(new string('x', 1 << 20));

        Assert.False(await PingAsync($"redis://127.0.0.1:{redis.Port}"));
    }

    private static Task<bool> PingAsync(string url) => RedisPing.PingAsync(new Uri(url), TestContext.Current.CancellationToken);
}
