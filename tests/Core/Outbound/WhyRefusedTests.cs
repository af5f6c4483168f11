namespace Switchyard.Outbound.Tests;

public sealed class WhyRefusedTests
{
    private const string Scheme = "the URL must be absolute and begin with http:// or https://";
    private const string Characters = "the URL must not hold white space, control characters or backslashes";
    private const string User = "the URL must not hold a user name or password";
    private const string LocalName = "the host is a local name";

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("http://example.com/hook?a=b&c=%20d#fragment")]
    [InlineData("HTTPS://EXAMPLE.COM:443/")]
    [InlineData("https://example.com:8443/a@b")]
    [InlineData("https://example.com./")]
    [InlineData("https://bücher.example/straße")]
    [InlineData("http://8.8.8.8/")]
    [InlineData("http://[2606:4700::1111]/")]
    [InlineData("https://localhost.example.com/")]
    public async Task Nothing_is_against_a_public_destination(string url)
    {
        await using var guard = new Guard();

        Assert.Null(guard.WhyRefused(url));
        Assert.Empty(guard.Resolver.Asked);
    }

    [Theory]
    [InlineData("file:///etc/passwd", Scheme)]
    [InlineData("gopher://example.com/", Scheme)]
    [InlineData("ftp://example.com/", Scheme)]
    [InlineData("ws://example.com/", Scheme)]
    [InlineData("wss://example.com/", Scheme)]
    [InlineData("javascript:alert(1)", Scheme)]
    [InlineData("data:text/plain,x", Scheme)]
    [InlineData("//example.com/x", Scheme)]
    [InlineData("/x", Scheme)]
    [InlineData("x", Scheme)]
    [InlineData("", Scheme)]
    [InlineData("http:/example.com", Scheme)]
    [InlineData("https:example.com", Scheme)]
    [InlineData("http://good.example@127.0.0.1", User)]
    [InlineData("http://user:password@example.com", User)]
    [InlineData("http://@example.com", User)]
    [InlineData("http://:@example.com", User)]
    [InlineData("http://good.example%2f@example.com", User)]
    [InlineData("http:\\\\example.com", Characters)]
    [InlineData("http://example.com/\\..", Characters)]
    [InlineData("http://example.com/a b", Characters)]
    [InlineData(" http://example.com/", Characters)]
    [InlineData("http://example.com/\n", Characters)]
    [InlineData("http://example.com/a\r\nX: y", Characters)]
    [InlineData("http://example.com/\u00a0", Characters)]
    [InlineData("http://example.com/\u2028", Characters)]
    [InlineData("http://example.com/\0", Characters)]
    [InlineData("http://127.0.0.1#@good.example", "the address is loopback")]
    [InlineData("http://127.0.0.1?@good.example", "the address is loopback")]
    [InlineData("http://example.com:0/", "port 0 is not one that may be called")]
    public async Task What_is_against_a_URL_is_told(string url, string why)
    {
        await using var guard = new Guard();

        Assert.Equal(why, guard.WhyRefused(url));
        Assert.Empty(guard.Resolver.Asked);
    }

    [Theory]
    [InlineData("http://example.com:22/", "port 22 is not one that may be called")]
    [InlineData("http://example.com:25/", "port 25 is not one that may be called")]
    [InlineData("http://example.com:5432/", "port 5432 is not one that may be called")]
    [InlineData("http://example.com:6379/", "port 6379 is not one that may be called")]
    [InlineData("http://8.8.8.8:22/", "port 22 is not one that may be called")]
    public async Task Port_is_refused_where_others_are_listed_and_allowed_where_none_are(string url, string why)
    {
        await using var guard = new Guard();
        await using var strict = new Guard(options => options.AllowedPorts = [80, 443, 8443]);

        Assert.Null(guard.WhyRefused(url));
        Assert.Equal(why, strict.WhyRefused(url));
        Assert.Null(strict.WhyRefused("https://example.com:8443/"));
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("http://example.com:65536/")]
    [InlineData("http://[::1")]
    [InlineData("http://exa\tmple.com/")]
    [InlineData("http://good.example\\@127.0.0.1")]
    [InlineData("http://good.example\\.example.com")]
    public void What_is_no_URL_at_all_is_no_Uri(string url) => Assert.False(Uri.TryCreate(url, UriKind.Absolute, out _));

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("LOCALHOST.")]
    [InlineData("x.localhost")]
    [InlineData("a.b.localhost.")]
    [InlineData("localhost.localdomain")]
    [InlineData("printer.local")]
    [InlineData("metadata.google.internal")]
    [InlineData("metadata.google.internal.")]
    [InlineData("host.docker.internal")]
    [InlineData("kubernetes.default.svc.cluster.local")]
    [InlineData("router.home.arpa")]
    [InlineData("metadata")]
    [InlineData("redis")]
    [InlineData("ip6-localhost")]
    [InlineData("ｌｏｃａｌｈｏｓｔ")]
    [InlineData("loca\u00adlhost")]
    public async Task Local_names_are_refused_without_asking_DNS(string host)
    {
        await using var guard = new Guard();

        Assert.Equal(LocalName, guard.WhyRefused($"http://{host}/"));
        Assert.Equal(LocalName, guard.WhyRefused($"https://{host}:8443/x"));
        Assert.Empty(guard.Resolver.Asked);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0x7f000001")]
    [InlineData("0X7F.0x0.0x0.0x1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("127.0.0.1.")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[0:0:0:0:0:ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("①②⑦.⓪.⓪.①")]
    [InlineData("１２７.０.０.１")]
    [InlineData("127。0。0。1")]
    [InlineData("127．0．0．1")]
    [InlineData("127｡0｡0｡1")]
    [InlineData("169.254.169.254")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("255.255.255.255")]
    public async Task Addresses_that_are_not_public_are_refused_however_they_are_written(string host)
    {
        await using var guard = new Guard();

        Assert.StartsWith("the address is ", guard.WhyRefused($"http://{host}/"), StringComparison.Ordinal);
        Assert.StartsWith("the address is ", guard.WhyRefused($"https://{host}:8443/x?y#z"), StringComparison.Ordinal);
        Assert.Empty(guard.Resolver.Asked);
    }

    [Theory]
    [InlineData("http://%31%32%37.0.0.1/")]
    [InlineData("http://127.0.0.1%2f.example.com/")]
    [InlineData("http://example%2ecom/")]
    public async Task Escaped_hosts_are_refused(string url)
    {
        await using var guard = new Guard();

        // Where the parser takes it for no URL, there is nothing to save either.
        Assert.True(!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || guard.Port.WhyRefused(parsed) is not null, url);
    }
}
