using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit.Tokens;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Tokens that must be refused, each sent to the real host: status, whole body, header, and nothing stored.</summary>
public sealed class HostileTokenTests(HostileTokenHost fixture) : IClassFixture<HostileTokenHost>
{
    private const string Path = "/api/v1/jobs";
    private const string Job = """{"partner":"acme","tenant":"acme","bundle":"assessments/PSAT_SAT","schoolYear":"2526","files":{"INPUT_FILE":"a.csv"},"params":{"TEST_TYPE":"SAT"}}""";
    private const string Unauthorized = """{"message":"The request needs a valid access token.","error":"Unauthorized","statusCode":401,"code":"unauthorized"}""";
    private const string Unavailable = """{"message":"This part of the service is not available now.","error":"Service Unavailable","statusCode":503,"code":"service_unavailable"}""";

    // The server itself refuses what is no HTTP header, before there is a request that anybody could own.
    private static readonly Dictionary<string, int> RefusedByTheServer = new()
    {
        ["a newline inside"] = 400,
        ["U+0000 at the end"] = 400,
        ["kid of 1 MB"] = 431,
    };

    // HTTP takes blanks around a header's value away (RFC 9110, 5.5): what arrives is a good token.
    private static readonly string[] GoodOverHttp = ["a space behind the token"];

    public static TheoryData<string> Names() => [.. HostileToken.All.Keys.Except(GoodOverHttp)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Hostile_token_is_refused_and_stores_nothing(string name)
    {
        var token = HostileToken.All[name].Make(fixture.Context);
        var before = StoredRows.Count(fixture.Host);

        var answer = await RawHttp.PostAsync(fixture.Host.Http.BaseAddress!, Path, $"Bearer {token}", Job);

        var expected = RefusedByTheServer.TryGetValue(name, out var status) || token.Length > 32 * 1024
            ? (status == 0 ? 431 : status, "", null)
            : (401, Unauthorized, "Bearer error=\"invalid_token\"");
        Assert.Equal(expected, (answer.Status, answer.Body, answer.Headers.GetValueOrDefault("WWW-Authenticate")));
        Assert.Equal(before, StoredRows.Count(fixture.Host));
        Assert.Equal(0, fixture.Sink.Hits);
    }

    [Fact]
    public async Task Good_token_of_the_same_issuer_is_accepted()
    {
        var before = StoredRows.Count(fixture.Host);

        var answer = await RawHttp.PostAsync(fixture.Host.Http.BaseAddress!, Path, $"bearer {fixture.Context.Issuer.Token()}", Job);

        Assert.Equal(201, answer.Status);
        Assert.NotEqual(before, StoredRows.Count(fixture.Host));
    }

    [Fact]
    public async Task Switched_off_surface_is_503_for_whoever_brings_a_header_and_401_for_whoever_does_not()
    {
        await using var host = await RunningHost.StartAsync(("ASPNETCORE_ENVIRONMENT", "Production"));
        var before = StoredRows.Count(host);

        var answers = new List<RawHttp>();
        foreach (var authorization in (string[])[$"Bearer {fixture.Context.Issuer.Token()}", "Bearer x", "Basic ZGV2OmRldg==", ""])
        {
            answers.Add(await RawHttp.PostAsync(host.Http.BaseAddress!, Path, authorization, Job));
        }

        Assert.All(answers[..3], answer => Assert.Equal((503, Unavailable, "300", null), Seen(answer)));
        Assert.Equal((401, Unauthorized, null, "Bearer"), Seen(answers[3]));
        Assert.Equal(before, StoredRows.Count(host));
    }

    private static (int Status, string Body, string? RetryAfter, string? Challenge) Seen(RawHttp answer) =>
        (answer.Status, answer.Body, answer.Headers.GetValueOrDefault("Retry-After"), answer.Headers.GetValueOrDefault("WWW-Authenticate"));
}
