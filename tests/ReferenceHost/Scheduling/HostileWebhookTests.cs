using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Webhooks that break rules, by making, changing and previewing: status, body, and nothing stored.</summary>
public sealed class HostileWebhookTests(HostileHost fixture) : IClassFixture<HostileHost>
{
    public static TheoryData<string> PrivateUrls() =>
    [
        "http://127.0.0.1/", "http://127.1/", "http://0/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://[::1]/", "http://[::]/",
        "http://[::ffff:127.0.0.1]/", "http://[0:0:0:0:0:ffff:7f00:1]/", "http://localhost/", "http://LOCALHOST./", "http://x.localhost/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
        "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://100.64.0.1/",
        "http://100.100.100.200/", "http://192.0.0.1/", "http://198.18.0.1/", "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/", "http://168.63.129.16/",
        "http://[fe80::1]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[2001::1]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://[100::1]/",
    ];

    public static TheoryData<string> BadUrls() =>
    [
        "", "file:///etc/passwd", "gopher://x/", "ftp://x/", "ws://x/", "javascript:alert(1)", "data:text/plain,x", "//host/", "/relative", "http:/x", "http://",
        "http://good.example@127.0.0.1/", "http://user:pw@good.example/", "http://good.example\\@127.0.0.1/", "http://good.example/a b", "http://good.example/\r\nX: y", "http://good.example/\t",
        "https://good.example/" + new string('a', 480),
    ];

    public static TheoryData<string, string, string> Values() => new()
    {
        { "method", "\"TRACE\"", "method must be GET, POST, PUT, DELETE or PATCH." },
        { "method", "\"get\"", "method must be GET, POST, PUT, DELETE or PATCH." },
        { "method", "\"HEAD\"", "method must be GET, POST, PUT, DELETE or PATCH." },
        { "method", "\"POST\\r\\nX:\"", "method must be GET, POST, PUT, DELETE or PATCH." },
        { "method", "1", "method must be a string." },
        { "headers", "[]", "headers must be an object." },
        { "headers", "\"X: y\"", "headers must be an object." },
        { "headers", "{\"X\":1}", "headers.X must be a string." },
        { "headers", "{\"X\":null}", "headers.X must be a string." },
        { "headers", "{\"X\":[\"y\"]}", "headers.X must be a string." },
        { "headers", "{\"Host\":\"x\"}", "headers.Host can't be set: the connection sets it." },
        { "headers", "{\"content-length\":\"1\"}", "headers.content-length can't be set: the connection sets it." },
        { "headers", "{\"Transfer-Encoding\":\"chunked\"}", "headers.Transfer-Encoding can't be set: the connection sets it." },
        { "headers", "{\"a b\":\"x\"}", "headers.a b is not the name of a header." },
        { "headers", "{\":authority\":\"x\"}", "headers.:authority is not the name of a header." },
        { "headers", "{\"\":\"x\"}", "headers. is not the name of a header." },
        { "headers", "{\"X\":\"a\\r\\nB: c\"}", "headers.X must be visible ASCII characters and spaces." },
        { "headers", "{\"X\":\"ü\"}", "headers.X must be visible ASCII characters and spaces." },
        { "headers", "{\"X\":\"1\",\"x\":\"2\"}", "headers.x is there twice: names that differ by case alone are the same." },
        { "headers", JsonSerializer.Serialize(new Dictionary<string, string> { ["X"] = new('v', 8193) }), "headers.X must be at most 8192 characters." },
        { "headers", JsonSerializer.Serialize(Enumerable.Range(0, 51).ToDictionary(n => $"X{n}", n => "v")), "headers must be at most 50." },
        { "query_params", "{\"a\":{\"b\":\"c\"}}", "query_params.a must be a string." },
        { "query_params", "{\"a\":[1]}", "query_params.a must be a string." },
        { "query_params", "{\"a\":null}", "query_params.a must be a string." },
        { "query_params", JsonSerializer.Serialize(Enumerable.Range(0, 101).ToDictionary(n => $"p{n}", n => "")), "query_params must be at most 100." },
        { "query_params", JsonSerializer.Serialize(new Dictionary<string, string> { ["p"] = new('v', 8192) }), "query_params make the URL longer than 8192 characters." },
        { "body_template", "{}", "body_template must be a string." },
        { "body_template", JsonSerializer.Serialize(new string('b', (256 * 1024) + 1)), "body_template must be at most 256 KiB." },
    };

    [Theory]
    [MemberData(nameof(PrivateUrls))]
    public async Task A_literal_private_address_is_refused_where_private_networks_are_not_allowed(string url)
    {
        foreach (var answer in await SendAllAsync("url", JsonSerializer.Serialize(url)))
        {
            answer.IsErrorLike(400, "VALIDATION_ERROR", "url ");
        }
    }

    [Theory]
    [MemberData(nameof(BadUrls))]
    public async Task What_is_no_plain_http_url_is_refused(string url)
    {
        foreach (var answer in await SendAllAsync("url", JsonSerializer.Serialize(url)))
        {
            answer.IsErrorLike(400, "VALIDATION_ERROR", "url must ");
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_that_breaks_a_rule_is_named(string field, string value, string detail)
    {
        foreach (var answer in await SendAllAsync(field, value))
        {
            answer.IsError(400, "VALIDATION_ERROR", detail);
        }
    }

    [Theory]
    [InlineData("0", "timeout_seconds must be 1 to 300.")]
    [InlineData("301", "timeout_seconds must be 1 to 300.")]
    [InlineData("\"30\"", "timeout_seconds must be a whole number from -2147483648 to 2147483647.")]
    public async Task A_time_limit_out_of_bounds_is_named(string value, string detail)
    {
        foreach (var answer in await SendAllAsync("timeout_seconds", value, preview: false))
        {
            answer.IsError(400, "VALIDATION_ERROR", detail);
        }
    }

    [Theory]
    [InlineData("{}", "job_id is required. url is required. method is required.")]
    [InlineData("""{"job_id":"x"}""", "job_id must be a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301. url is required. method is required.")]
    public async Task All_that_is_missing_is_named_at_once(string body, string detail) =>
        (await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/webhooks", body))).IsError(400, "VALIDATION_ERROR", detail);

    [Fact]
    public async Task A_webhook_keeps_its_job_and_needs_one_that_is_there()
    {
        var unknown = Guid.NewGuid();

        (await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync("PUT", $"/webhooks/{fixture.Webhook}", $$"""{"job_id":"{{unknown}}"}"""))).IsError(400, "VALIDATION_ERROR", "job_id can't be changed.");
        (await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/webhooks", $$"""{"job_id":"{{unknown}}","url":"https://x.example/","method":"GET"}"""))).IsError(404, "JOB_NOT_FOUND", $"There is no job {unknown}.");
        (await fixture.Client.GetAsync($"/webhooks?job_id={unknown}")).IsError(404, "JOB_NOT_FOUND", $"There is no job {unknown}.");
        (await fixture.Client.GetAsync("/webhooks")).IsError(400, "VALIDATION_ERROR", "job_id is required");
    }

    // Making, changing and previewing one webhook with one bad value.
    private async Task<IReadOnlyList<Answer>> SendAllAsync(string field, string value, bool preview = true)
    {
        var good = new JsonObject { ["job_id"] = fixture.Job, ["url"] = "https://api.example.com/webhook", ["method"] = "POST" };
        good.Remove(field);
        var whole = $"{good.ToJsonString()[..^1]},\"{field}\":{value}}}";
        List<Answer> answers =
        [
            await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/webhooks", whole)),
            await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync("PUT", $"/webhooks/{fixture.Webhook}", $$"""{"{{field}}":{{value}}}""")),
        ];
        if (preview)
        {
            answers.Add(await fixture.WithoutTraceAsync(() => fixture.Client.PostAsync("/webhooks/preview", whole)));
        }

        return answers;
    }
}
