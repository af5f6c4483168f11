using Switchyard.TestKit.Tokens;

namespace Switchyard.AspNetCore.Tokens.Tests;

public sealed class SwitchyardTokenHandlerTests
{
    private static readonly RawAnswer NoCredentials = new(401, "Bearer", null, "");
    private static readonly RawAnswer BadToken = new(401, "Bearer error=\"invalid_token\"", null, "");

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("Bearer  ")]
    public async Task Scheme_is_read_in_any_case(string scheme)
    {
        await using var app = await TokenApp.StartAsync();

        Assert.Equal(new RawAnswer(200, null, null, "client-1"), Plain(await app.GetAsync("/any", $"Authorization: {scheme} {app.Issuer.Token()}")));
    }

    [Theory]
    [InlineData]
    [InlineData("Authorization:")]
    [InlineData("Authorization:   ")]
    [InlineData("Authorization: Basic dXNlcjpwYXNz")]
    [InlineData("Authorization: DPoP x.y.z")]
    [InlineData("Authorization: Bearerx.y.z")]
    [InlineData("X-Authorization: Bearer x.y.z")]
    public async Task Without_a_bearer_token_the_answer_says_only_what_is_asked_for(params string[] headers)
    {
        await using var app = await TokenApp.StartAsync();

        Assert.Equal(NoCredentials, await app.GetAsync("/any", headers));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer x")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Bearer x.y.z, Bearer x.y.z")]
    public async Task Bad_bearer_credentials_are_an_invalid_token(string value)
    {
        await using var app = await TokenApp.StartAsync();

        Assert.Equal(BadToken, await app.GetAsync("/any", $"Authorization: {value}"));
    }

    [Fact]
    public async Task Good_token_twice_is_refused_however_it_is_sent_twice()
    {
        await using var app = await TokenApp.StartAsync();
        var token = app.Issuer.Token();

        Assert.Equal(BadToken, await app.GetAsync("/any", $"Authorization: Bearer {token}", $"Authorization: Bearer {token}"));
        Assert.Equal(BadToken, await app.GetAsync("/any", $"Authorization: Bearer {token}", "Authorization: Basic dXNlcjpwYXNz"));
        Assert.Equal(BadToken, await app.GetAsync("/any", $"Authorization: Bearer {token}, Bearer {token}"));
        Assert.Equal(BadToken, await app.GetAsync("/any", $"Authorization: Bearer {token} {token}"));
        Assert.Equal(BadToken, await app.GetAsync("/any", $"Authorization: Bearer Bearer {token}"));
    }

    [Fact]
    public async Task Token_in_the_query_is_not_read()
    {
        await using var app = await TokenApp.StartAsync();

        Assert.Equal(NoCredentials, await app.GetAsync($"/any?access_token={app.Issuer.Token()}"));
    }

    [Fact]
    public async Task Disabled_issuer_is_unavailable_to_any_header_and_401_to_none()
    {
        await using var app = await TokenApp.StartAsync();
        var unavailable = new RawAnswer(503, null, "300", "");

        Assert.Equal(NoCredentials, await app.GetAsync("/off"));
        Assert.Equal(unavailable, await app.GetWithAsync("/off", app.Issuer.Token()));
        Assert.Equal(unavailable, await app.GetWithAsync("/off", "junk"));
        Assert.Equal(unavailable, await app.GetAsync("/off", "Authorization: Basic dXNlcjpwYXNz"));
        Assert.Equal(unavailable, await app.GetAsync("/off", "Authorization: Bearer"));
        Assert.Equal(200, (await app.GetAsync("/open")).Status);
    }

    [Fact]
    public async Task Issuer_that_was_dead_at_the_start_is_unavailable_until_its_keys_load()
    {
        await using var app = await TokenApp.StartAsync(IssuerFault.ConnectionReset);

        Assert.Equal(NoCredentials, await app.GetAsync("/any"));
        Assert.Equal(new RawAnswer(503, null, "5", ""), await app.GetWithAsync("/any", app.Issuer.Token()));
        Assert.Equal(200, (await app.GetAsync("/open")).Status);

        app.Issuer.Fault = IssuerFault.None;
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await app.GetWithAsync("/any", app.Issuer.Token())).Status);
    }

    [Theory]
    [InlineData("/jobs", "create:jobs")]
    [InlineData("/plain", "create:jobs")]
    [InlineData("/both", "create:jobs read:jobs")]
    public async Task Missing_scope_is_403_and_names_what_is_needed(string path, string needed)
    {
        await using var app = await TokenApp.StartAsync();
        var expected = new RawAnswer(403, $"Bearer error=\"insufficient_scope\", scope=\"{needed}\"", null, "");

        string?[] scopes =
        [
            null, "", "partner:acme", "CREATE:JOBS", "create:jobs2", "xcreate:jobs", "create:jobs,partner:acme", "create:jobs\tpartner:acme",
            "create:jobs\npartner:acme", "create:jobs\u00a0partner:acme", "create:job", "read:jobs",
        ];
        foreach (var scope in scopes)
        {
            Assert.Equal(expected, await app.GetWithAsync(path, app.Issuer.Token(claims => claims["scope"] = scope)));
        }

        Assert.Equal(expected, await app.GetWithAsync(path, app.Issuer.Token(claims => claims.Remove("scope"))));
        Assert.Equal(expected, await app.GetWithAsync(path, app.Issuer.Token(claims => claims["scope"] = 5)));
        Assert.Equal(expected, await app.GetWithAsync(path, app.Issuer.Token(claims => (claims["scope"], claims["scp"]) = (null, "create:jobs read:jobs"))));
        Assert.Equal(200, (await app.GetWithAsync(path, app.Issuer.Token(claims => claims["scope"] = "read:jobs create:jobs"))).Status);
        Assert.Equal(200, (await app.GetWithAsync(path, app.Issuer.Token(claims => claims["scope"] = new System.Text.Json.Nodes.JsonArray("read:jobs", "create:jobs")))).Status);
    }

    [Fact]
    public async Task Missing_role_is_403_and_names_no_scope()
    {
        await using var app = await TokenApp.StartAsync();

        Assert.Equal(new RawAnswer(403, null, null, ""), await app.GetWithAsync("/admin", app.Issuer.Token(claims => claims["roles"] = "admin")));
        Assert.Equal(new RawAnswer(403, null, null, ""), await app.GetWithAsync("/admin", app.Issuer.Token(claims => claims["Roles"] = "Admin")));
        Assert.Equal(200, (await app.GetWithAsync("/admin", app.Issuer.Token(claims => claims["roles"] = "Admin"))).Status);
    }

    [Fact]
    public async Task Bad_token_is_401_before_its_scopes_are_looked_at()
    {
        await using var app = await TokenApp.StartAsync();

        Assert.Equal(BadToken, await app.GetWithAsync("/jobs", app.Issuer.Token(claims => (claims["scope"], claims["aud"]) = ("", "other"))));
    }

    [Fact]
    public async Task Rotated_key_is_accepted_and_the_removed_one_refused_over_http()
    {
        await using var app = await TokenApp.StartAsync();
        var old = app.Issuer.Token();
        Assert.Equal(200, (await app.GetWithAsync("/any", old)).Status);

        app.Issuer.Rotate(SigningKey.Rsa("key-2", index: 1));

        Assert.Equal(200, (await app.GetWithAsync("/any", app.Issuer.Token())).Status);
        Assert.Equal(BadToken, await app.GetWithAsync("/any", old));
    }

    [Fact]
    public async Task Every_hostile_token_is_401_and_nothing_else_is_told_or_fetched()
    {
        await using var app = await TokenApp.StartAsync();
        await using var sink = await SinkServer.StartAsync();
        var context = new HostileContext(app.Issuer, sink.Url);
        Assert.Equal(200, (await app.GetWithAsync("/any", app.Issuer.Token())).Status);

        foreach (var hostile in HostileToken.All.Values)
        {
            var token = hostile.Make(context);
            if (!FitsInAHeader(token))
            {
                continue;
            }

            var answer = await app.GetWithAsync("/any", token);
            Assert.True(BadToken == answer, $"{hostile.Name}: {answer}");
        }

        Assert.Equal(0, sink.Hits);
        Assert.Equal(0, app.Issuer.OtherHits);
    }

    // The rest never reaches the handler: Kestrel ends a request with such a header by 400 or 431 itself.
    private static bool FitsInAHeader(string token) =>
        token.Length < 30_000 && token.Trim(' ') == token && !token.Any(character => character is '\0' or '\n' or '\r');

    // A body without a known length comes in chunks; only the text in it matters here.
    private static RawAnswer Plain(RawAnswer answer) => answer with { Body = answer.Body.Contains("\r\n", StringComparison.Ordinal) ? answer.Body.Split("\r\n")[1] : answer.Body };
}
