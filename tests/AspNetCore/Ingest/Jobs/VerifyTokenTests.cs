using Switchyard.AspNetCore.Ingest.Tests.Http;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

public sealed class VerifyTokenTests : IClassFixture<IngestAppFixture>
{
    private readonly IngestApp _app;

    public VerifyTokenTests(IngestAppFixture fixture) => _app = fixture.App;

    [Theory]
    [InlineData(
        "scope=create:jobs",
        """{"valid":true,"partners":[],"scopes":["create:jobs"],"message":"The token is valid, but for no partner: it has no scope of the form partner:<code>."}""")]
    [InlineData(
        "scope=create:jobs;scope=partner:acme",
        """{"valid":true,"partners":["acme"],"scopes":["create:jobs","partner:acme"],"message":"The token is valid for the partner acme."}""")]
    [InlineData(
        "scope=create:jobs;scope=partner:b;scope=partner:a:admin;scope=partner:",
        """{"valid":true,"partners":["a:admin","b"],"scopes":["create:jobs","partner:","partner:a:admin","partner:b"],"message":"The token is valid for the partners a:admin, b."}""")]
    public async Task Good_token_is_200_with_what_it_grants(string scopes, string expected)
    {
        var answer = await _app.PostAsync("/api/v1/token/verify", null, $"iss=https://issuer.example;client_id=a;{scopes}");

        Assert.Equal((200, expected), (answer.Status, answer.Body));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("scope=partner:acme")]
    [InlineData("scope=CREATE:JOBS")]
    [InlineData("scope=create:jobs2")]
    [InlineData("scope=xcreate:jobs")]
    [InlineData("scope=create:jobs,partner:acme")]
    [InlineData("scopes=create:jobs")]
    [InlineData("scp=create:jobs")]
    public async Task Token_without_the_exact_scope_is_403(string claims)
    {
        var answer = await _app.PostAsync("/api/v1/token/verify", null, $"iss=https://issuer.example;{claims}");

        answer.IsError(403, "forbidden", "Forbidden", "The credentials of the request do not allow this.");
        Assert.Equal("Bearer error=\"insufficient_scope\"", answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Bad_token_is_401_with_its_challenge()
    {
        var bad = await _app.PostAsync("/api/v1/token/verify", null, "garbage");
        var none = await _app.PostAsync("/api/v1/token/verify", null, token: null);

        bad.IsError(401, "unauthorized", "Unauthorized", "The request needs a valid access token.");
        none.IsError(401, "unauthorized", "Unauthorized", "The request needs a valid access token.");
        Assert.Equal(("Bearer error=\"invalid_token\"", "Bearer"), (bad.Header("WWW-Authenticate"), none.Header("WWW-Authenticate")));
    }
}
