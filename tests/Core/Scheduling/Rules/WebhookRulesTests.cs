using Switchyard.Outbound;

namespace Switchyard.Scheduling.Rules;

/// <summary>The hostile values of seed 4's webhooks.</summary>
public sealed class WebhookRulesTests
{
    private static readonly CreateWebhook Good = new() { Url = "https://api.example.com/hook", Method = "POST" };

    public static TheoryData<string> BadUrls() =>
    [
        "", "x", "file:///etc/passwd", "gopher://a.example/", "ftp://a.example/", "ws://a.example/", "javascript:alert(1)", "data:text/plain,x", "//a.example/x",
        "/hook", "http:/x", "http:x", "http://", "https://", "http://user@a.example/", "http://user:pw@a.example/", "http://@a.example/", "http://a.example\\@127.0.0.1",
        "http://a.example/a b", "http://a.example/a\tb", "http://a.example/\r\nX: y", "http://a.example/\u00a0", "http://a.example/\0",
        "http://a.example:99999/", "http://10.0.0.1/", "https://a.example/" + new string('x', 483), "https://a.example/" + new string('ü', 200),
    ];

    public static TheoryData<string> BadMethods() => [null!, "", "get", "HEAD", "TRACE", "CONNECT", "OPTIONS", "POST\r\nX: y", "POST ", "*"];

    [Theory]
    [MemberData(nameof(BadUrls))]
    public void URL_that_may_not_be_called_is_refused(string url) => AssertRefused(["url"], Good with { Url = url });

    [Theory]
    [InlineData("http://a.example")]
    [InlineData("HTTPS://A.example:8443/x?y=1#z")]
    [InlineData("https://bücher.example/ü")]
    public void URL_of_the_web_is_taken(string url) => Assert.Null(Check(Good with { Url = url }));

    [Fact]
    public void URL_with_half_a_surrogate_pair_is_refused() => AssertRefused(["url"], Good with { Url = "http://a.example/\ud800" });

    [Fact]
    public void URL_of_500_characters_is_taken() => Assert.Null(Check(Good with { Url = "https://a.example/" + new string('x', 482) }));

    [Theory]
    [MemberData(nameof(BadMethods))]
    public void Method_outside_of_the_five_is_refused(string? method) => AssertRefused(["method"], Good with { Method = method });

    [Theory]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Expect")]
    [InlineData("Upgrade")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Proxy-Authorization")]
    [InlineData(":authority")]
    [InlineData("")]
    [InlineData("X Key")]
    [InlineData("X:Key")]
    [InlineData("Ünicode")]
    [InlineData("X-Key\r\n")]
    public void Header_that_the_connection_needs_or_that_is_none_is_refused(string name) => AssertRefused([$"headers.{Shown(name)}"], With((name, "value")));

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("ü")]
    [InlineData("\u007f")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\tb")]
    public void Header_value_outside_of_visible_ASCII_is_refused(string value) => AssertRefused(["headers.X-Key"], With(("X-Key", value)));

    [Fact]
    public void Headers_are_bounded_in_number_and_size()
    {
        AssertRefused(["headers"], With([.. Enumerable.Range(0, 51).Select(i => ($"X-{i}", "v"))]));
        AssertRefused(["headers.X-Key"], With(("X-Key", new string('x', 8193))));
        AssertRefused(["headers"], With([.. Enumerable.Range(0, 5).Select(i => ($"X-{i}", new string('x', 7000)))]));
        Assert.Null(Check(With([.. Enumerable.Range(0, 50).Select(i => ($"X-{i}", "v"))])));
        Assert.Null(Check(With(("X-Key", new string('x', 8192)), ("webhook-signature", "mine"), ("Authorization", "Bearer x"))));
    }

    [Fact]
    public void Header_names_that_differ_by_case_alone_are_refused() => AssertRefused(["headers.x-key"], With(("X-Key", "a"), ("x-key", "b")));

    [Fact]
    public void Query_parameters_are_bounded()
    {
        AssertRefused(["query_params"], Query([.. Enumerable.Range(0, 101).Select(i => ($"k{i}", "v"))]));
        AssertRefused(["query_params"], Query(("k", new string('x', 9000))));
        AssertRefused(["query_params"], Query(("k", new string('ü', 2000))));
        AssertRefused(["query_params."], Query(("", "v")));
        AssertRefused(["query_params.k"], Query(("k", "a"), ("k", "b")));
        AssertRefused(["query_params.k"], Query(("k", "a\0")));
        AssertRefused(["query_params.k"], Query(("k", "\ud800")));
        Assert.Null(Check(Query(("a&b=c", "ü \r\n"), ("K", "1"), ("k", "2"))));
    }

    [Fact]
    public void Template_is_bounded_in_bytes()
    {
        AssertRefused(["body_template"], Good with { BodyTemplate = new string('x', (256 * 1024) + 1) });
        AssertRefused(["body_template"], Good with { BodyTemplate = new string('ü', (128 * 1024) + 1) });
        AssertRefused(["body_template"], Good with { BodyTemplate = "a\0b" });
        Assert.Null(Check(Good with { BodyTemplate = new string('x', 256 * 1024) }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.999)]
    [InlineData(301)]
    [InlineData(1.5)]
    [InlineData(-1)]
    public void Timeout_is_1_to_300_whole_seconds(double seconds) => AssertRefused(["timeout_seconds"], Good with { Timeout = TimeSpan.FromSeconds(seconds) });

    [Fact]
    public void All_that_is_wrong_is_told_at_once() => AssertRefused(
        ["url", "method", "query_params.", "headers.Host", "body_template", "timeout_seconds"],
        new()
        {
            Headers = [KeyValuePair.Create("Host", "x")], QueryParams = [KeyValuePair.Create("", "x")], BodyTemplate = "\0", Timeout = TimeSpan.Zero,
        });

    [Fact]
    public void Update_counts_its_parameters_with_the_URL_that_stays()
    {
        var webhook = new Webhook
        {
            Id = Guid.NewGuid(), ScheduleId = Guid.NewGuid(), Url = "https://a.example/" + new string('x', 450), Method = "POST", SealedSecret = "x",
            QueryParams = """{"k":"v"}""", CreatedAt = default, UpdatedAt = default,
        };

        var refusal = WebhookRules.Check(new UpdateWebhook { QueryParams = [KeyValuePair.Create("k", new string('x', 7800))] }, webhook, new Guard());

        Assert.Equal("query_params", Assert.Single(refusal!.Problems).Field);
        Assert.Null(WebhookRules.Check(new UpdateWebhook { Method = "PUT" }, webhook, new Guard()));
    }

    private static CreateWebhook With(params (string Name, string Value)[] headers) =>
        Good with { Headers = [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))] };

    private static CreateWebhook Query(params (string Name, string Value)[] parameters) =>
        Good with { QueryParams = [.. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))] };

    private static string Shown(string name) => name.Replace("\r\n", "??", StringComparison.Ordinal);

    private static SchedulingRefusal? Check(CreateWebhook request) => WebhookRules.Check(request, new Guard());

    private static void AssertRefused(string[] fields, CreateWebhook request)
    {
        var refusal = Check(request);

        Assert.Equal((400, SchedulingCodes.Validation), (refusal!.Status, refusal.Code));
        Assert.Equal(fields, refusal.Problems.Select(problem => problem.Field));
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    private sealed class Guard : IOutboundGuard
    {
        public string? WhyRefused(Uri url) => url.Host == "10.0.0.1" ? "the address is private" : null;

        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new InvalidOperationException("Nothing is sent here.");
    }
}
