using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.ReferenceHost.Tests.Security;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Tokens that are no user's of this surface, made here by the rules of the RFCs alone.</summary>
public sealed class ForeignTokenTests : IAsyncLifetime
{
    private const string Secret = "a secret of 32 bytes and more, known to two";
    private const string Refusal = "The request needs a valid access token.";

    private RunningHost _host = null!;

    public static TheoryData<string, string> Refused() => new()
    {
        { "anonymous key", """{"iss":"supabase","ref":"abc","role":"anon","exp":4102444800}""" },
        { "anonymous key with an audience", """{"aud":"authenticated","sub":"x","role":"anon","exp":4102444800}""" },
        { "service key", """{"aud":"authenticated","sub":"x","role":"service_role","exp":4102444800}""" },
        { "several roles", """{"aud":"authenticated","sub":"x","role":["authenticated","service_role"],"exp":4102444800}""" },
        { "role in another case", """{"aud":"authenticated","sub":"x","role":"Authenticated","exp":4102444800}""" },
        { "no subject", """{"aud":"authenticated","role":"authenticated","exp":4102444800}""" },
        { "empty subject", """{"aud":"authenticated","sub":"","exp":4102444800}""" },
        { "subject with a NUL", """{"aud":"authenticated","sub":"a\u0000","exp":4102444800}""" },
        { "no audience", """{"sub":"x","exp":4102444800}""" },
        { "other audience", """{"aud":"anon","sub":"x","exp":4102444800}""" },
        { "expired", """{"aud":"authenticated","sub":"x","exp":1000000000}""" },
        { "no expiry", """{"aud":"authenticated","sub":"x"}""" },
    };

    public async ValueTask InitializeAsync() => _host = await RunningHost.StartAsync(("SUPABASE_JWT_SECRET", Secret), ("WORKER_ENABLED", "false"));

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_token_that_is_no_users_is_refused(string what, string claims)
    {
        var before = StoredRows.Count(_host);

        var read = await new SchedulerClient(_host.Http, Sign(claims)).GetAsync("/api/accounts");
        var written = await new SchedulerClient(_host.Http, Sign(claims)).PostAsync("/api/accounts", """{"name":"n"}""");

        foreach (var answer in new[] { read, written })
        {
            Assert.True(answer.Status == 401, $"{what}: {answer.Status}");
            answer.IsError(401, "UNAUTHORIZED", Refusal);
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Header("WWW-Authenticate"));
        }

        Assert.Equal(before, StoredRows.Count(_host));
    }

    [Theory]
    [InlineData("""{"aud":"authenticated","sub":"x","exp":4102444800}""")]
    [InlineData("""{"aud":["other","authenticated"],"sub":"5b6e4f0a-5a2b-4f43-9f5f-0d6f7a8b9c0d","role":"authenticated","email":"a@b.c","exp":4102444800}""")]
    public async Task A_users_token_is_taken(string claims) =>
        Assert.Equal(200, (await new SchedulerClient(_host.Http, Sign(claims)).GetAsync("/api/accounts")).Status);

    [Theory]
    [InlineData("""{"alg":"none"}""", Secret)]
    [InlineData("""{"alg":"HS512"}""", Secret)]
    [InlineData("""{"alg":"HS384"}""", Secret)]
    [InlineData("""{"alg":"HS256"}""", "")]
    [InlineData("""{"alg":"HS256"}""", "secret")]
    [InlineData("""{"alg":"HS256"}""", "your-secret-key")]
    public async Task Another_algorithm_or_key_is_refused(string header, string secret)
    {
        var token = Sign("""{"aud":"authenticated","sub":"x","exp":4102444800}""", header, secret);

        (await new SchedulerClient(_host.Http, token).GetAsync("/api/accounts")).IsError(401, "UNAUTHORIZED", Refusal);
    }

    [Fact]
    public async Task A_token_of_one_surface_opens_no_other()
    {
        var scheduler = Sign("""{"aud":"authenticated","sub":"x","role":"authenticated","scope":"create:jobs partner:acme","exp":4102444800}""");
        var ingest = await DevelopmentTokens.GetAsync(_host.Http, "create:jobs partner:acme", "authenticated");

        Assert.Equal(401, (await new SchedulerClient(_host.Http, scheduler).GetAsync("/api/v1/jobs")).Status);
        (await new SchedulerClient(_host.Http, ingest).GetAsync("/api/accounts")).IsError(401, "UNAUTHORIZED", Refusal);
    }

    [Fact]
    public async Task Without_a_secret_outside_development_the_surface_is_off_but_health_is_not()
    {
        await using var off = await RunningHost.StartAsync(("ASPNETCORE_ENVIRONMENT", "Production"), ("WORKER_ENABLED", "false"));
        var token = Sign("""{"aud":"authenticated","sub":"x","exp":4102444800}""");

        foreach (var path in new[] { "/api/jobs", "/webhooks", "/api/webhooks", "/metrics", "/api/accounts" })
        {
            var answer = await new SchedulerClient(off.Http, token).GetAsync(path);
            answer.IsError(503, "SERVICE_UNAVAILABLE", "This part of the service is not available now.");
            Assert.NotNull(answer.Header("Retry-After"));
            (await new SchedulerClient(off.Http, null).GetAsync(path)).IsError(401, "UNAUTHORIZED", Refusal);
        }

        Assert.Equal(200, (await new SchedulerClient(off.Http, null).GetAsync("/health/detailed")).Status);
        Assert.Equal(404, (await new SchedulerClient(off.Http, null).PostAsync("/dev-issuer/scheduler-token", "{}")).Status);
    }

    [Fact]
    public async Task A_secret_that_everybody_knows_stops_the_start_by_its_variables_name()
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => RunningHost.StartAsync(("SUPABASE_JWT_SECRET", "super-secret-jwt-token-with-at-least-32-characters-long")));

        Assert.Equal(
            ["SUPABASE_JWT_SECRET: Secret is known or guessable; make one: openssl rand -base64 48."],
            Switchyard.ReferenceHost.Hosting.StartupFailure.Explain(failure)!);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static string Sign(string claims, string header = HandMadeToken.Hs256, string secret = Secret) => HandMadeToken.Sign(claims, secret, header);
}
