using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Tests.Configuration;

namespace Switchyard.ReferenceHost.Tests.DevIssuer;

public sealed class DevIssuerTests(DevelopmentHost fixture) : IClassFixture<DevelopmentHost>
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["grant_type"] = "client_credentials", ["client_id"] = "dev", ["client_secret"] = "dev",
    };

    [Fact]
    public async Task Discovery_names_the_host_as_its_clients_see_it()
    {
        var host = fixture.Host;

        var document = await host.Http.GetStringAsync("/dev-issuer/.well-known/openid-configuration", TestContext.Current.CancellationToken);

        AssertJson(
            $$"""
            {
              "issuer": "{{host.Url}}/dev-issuer",
              "jwks_uri": "{{host.Url}}/dev-issuer/jwks",
              "token_endpoint": "{{host.Url}}/dev-issuer/token",
              "grant_types_supported": ["client_credentials"],
              "response_types_supported": [],
              "subject_types_supported": ["public"],
              "id_token_signing_alg_values_supported": ["RS256"],
              "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]
            }
            """,
            document);
    }

    [Fact]
    public async Task A_public_url_is_the_issuer_and_the_default_audience()
    {
        await using var host = await RunningHost.StartAsync(("PUBLIC_URL", "https://dev.example.com"));

        var (_, claims) = await VerifyAsync(host, (string)(await TokenAsync(host, Form(Good)))["access_token"]!);

        Assert.Equal("https://dev.example.com/dev-issuer", (string?)claims["iss"]);
        Assert.Equal("https://dev.example.com", (string?)claims["aud"]);
    }

    [Fact]
    public async Task A_form_gets_a_token_that_the_published_key_verifies()
    {
        var host = fixture.Host;

        var answer = await TokenAsync(host, Form(Good, ("scope", "create:jobs partner:acme"), ("audience", "https://api"), ("roles", "Admin  Reader"), ("sub", "ada")));

        var (header, claims) = await VerifyAsync(host, (string)answer["access_token"]!);
        Assert.Equal(["access_token", "token_type", "expires_in", "scope"], answer.Select(member => member.Key));
        Assert.Equal(("Bearer", 3600, "create:jobs partner:acme"), ((string?)answer["token_type"], (int)answer["expires_in"]!, (string?)answer["scope"]));
        Assert.Equal(("RS256", "at+jwt"), ((string?)header["alg"], (string?)header["typ"]));
        Assert.Equal($"{host.Url}/dev-issuer", (string?)claims["iss"]);
        Assert.Equal("ada", (string?)claims["sub"]);
        Assert.Equal("https://api", (string?)claims["aud"]);
        Assert.Equal("create:jobs partner:acme", (string?)claims["scope"]);
        Assert.Equal("""["Admin","Reader"]""", claims["roles"]!.ToJsonString());
        Assert.Equal("dev", (string?)claims["client_id"]);
        Assert.Equal(3600, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.True(Guid.TryParse((string?)claims["jti"], out _));
    }

    [Fact]
    public async Task Json_and_http_basic_are_taken_too_and_what_is_not_asked_for_is_not_given()
    {
        var host = fixture.Host;

        var byJson = await TokenAsync(host, Json("""{"client_id":"dev","client_secret":"dev","audience":"a","scope":"create:jobs","grant_type":"client_credentials"}"""));
        var byBasic = await TokenAsync(host, Form(new() { ["grant_type"] = "client_credentials" }), Basic("dev:dev"));

        Assert.Equal("create:jobs", (string?)(await VerifyAsync(host, (string)byJson["access_token"]!)).Claims["scope"]);
        var claims = (await VerifyAsync(host, (string)byBasic["access_token"]!)).Claims;
        Assert.Equal(["iss", "sub", "aud", "iat", "nbf", "exp", "jti", "client_id", "client_name"], claims.Select(claim => claim.Key));
        Assert.Equal(["access_token", "token_type", "expires_in"], byBasic.Select(member => member.Key));
        Assert.Equal(host.Url, (string?)claims["aud"]);
    }

    [Theory]
    [InlineData("client_id", "other", 401, "invalid_client", "client_id or client_secret is wrong; in Development both are 'dev'.")]
    [InlineData("client_secret", "wrong", 401, "invalid_client", "client_id or client_secret is wrong; in Development both are 'dev'.")]
    [InlineData("client_secret", "", 401, "invalid_client", "client_id or client_secret is wrong; in Development both are 'dev'.")]
    [InlineData("grant_type", "", 400, "invalid_request", "grant_type is missing.")]
    [InlineData("grant_type", "password", 400, "unsupported_grant_type", "Only client_credentials is supported.")]
    [InlineData("scope", "a\"b", 400, "invalid_scope", "scope holds a character that no scope may hold (RFC 6749, 3.3).")]
    [InlineData("scope", "a\tb", 400, "invalid_scope", "scope holds a character that no scope may hold (RFC 6749, 3.3).")]
    public async Task A_bad_parameter_is_refused_in_the_words_of_rfc_6749(string name, string value, int status, string error, string description)
    {
        var host = fixture.Host;

        await AssertRefusedAsync(host, Form(new Dictionary<string, string>(Good) { [name] = value }), status, error, description);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "grant_type=a&grant_type=b", 400, "A parameter is given more than once.")]
    [InlineData("application/json", """{"grant_type":"a","grant_type":"b"}""", 400, "The body is not a JSON object of strings, each named once.")]
    [InlineData("application/json", "", 400, "The body is not a JSON object of strings, each named once.")]
    [InlineData("application/json", "[]", 400, "The body is not a JSON object.")]
    [InlineData("application/json", """{"client_id":1}""", 400, "Every member of the JSON object must be a string.")]
    [InlineData("application/json", """{"client_id":"\ud800"}""", 400, "The body is not a JSON object of strings, each named once.")]
    [InlineData("application/json", """{"client_id":{"a":{"b":{}}}}""", 400, "The body is not a JSON object of strings, each named once.")]
    [InlineData("text/plain", "grant_type=client_credentials", 415, "Send a form (application/x-www-form-urlencoded) or JSON (application/json).")]
    public async Task A_malformed_body_is_an_invalid_request(string type, string body, int status, string description)
    {
        var host = fixture.Host;

        await AssertRefusedAsync(host, Body(type, body), status, "invalid_request", description);
    }

    [Fact]
    public async Task Too_many_parameters_and_too_long_a_body_are_refused()
    {
        var host = fixture.Host;

        await AssertRefusedAsync(host, Body("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 33).Select(n => $"p{n}=1"))), 400, "invalid_request", "There are too many parameters.");
        await AssertRefusedAsync(host, Body("application/x-www-form-urlencoded", "scope=" + new string('a', 65536)), 413, "invalid_request", "The body is longer than 65536 bytes.");
    }

    [Theory]
    [InlineData("ZGV2", 401, "invalid_client")]
    [InlineData("not base64", 401, "invalid_client")]
    [InlineData("ZGV2Ondyb25n", 401, "invalid_client")]
    public async Task Bad_basic_credentials_are_an_invalid_client(string parameter, int status, string error)
    {
        var host = fixture.Host;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev-issuer/token") { Content = Form(new() { ["grant_type"] = "client_credentials" }) };
        request.Headers.TryAddWithoutValidation("Authorization", "Basic " + parameter);

        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, error), ((int)response.StatusCode, (string?)(await ReadAsync(response))["error"]));
        Assert.Equal("Basic realm=\"dev-issuer\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_client_that_proves_itself_twice_is_refused()
    {
        var host = fixture.Host;

        await AssertRefusedAsync(host, Form(Good), 400, "invalid_request", "The client authenticates in more than one way.", Basic("dev:dev"));
    }

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Staging")]
    [InlineData("EXTERNAL_API_TOKEN_ISSUER", "https://idp.example.com")]
    public async Task Nothing_of_it_exists_outside_Development_or_where_another_issuer_is_trusted(string name, string value)
    {
        await using var host = await RunningHost.StartAsync((name, value));

        using var discovery = await host.Http.GetAsync("/dev-issuer/.well-known/openid-configuration", TestContext.Current.CancellationToken);
        using var keys = await host.Http.GetAsync("/dev-issuer/jwks", TestContext.Current.CancellationToken);
        using var token = await host.Http.PostAsync("/dev-issuer/token", Form(Good), TestContext.Current.CancellationToken);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [discovery.StatusCode, keys.StatusCode, token.StatusCode]);
        AssertJson("""{"error":"invalid_request","error_description":"There is nothing at this address."}""", await token.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task AssertRefusedAsync(RunningHost host, HttpContent body, int status, string error, string description, AuthenticationHeaderValue? authorization = null)
    {
        using var response = await PostAsync(host, body, authorization);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        AssertJson(new JsonObject { ["error"] = error, ["error_description"] = description }.ToJsonString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<JsonObject> TokenAsync(RunningHost host, HttpContent body, AuthenticationHeaderValue? authorization = null)
    {
        using var response = await PostAsync(host, body, authorization);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        return await ReadAsync(response);
    }

    private static async Task<HttpResponseMessage> PostAsync(RunningHost host, HttpContent body, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev-issuer/token") { Content = body };
        request.Headers.Authorization = authorization;
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    // Independent of the issuer's code: the key comes from the wire, the check from the runtime.
    private static async Task<(JsonObject Header, JsonObject Claims)> VerifyAsync(RunningHost host, string token)
    {
        var set = JsonNode.Parse(await host.Http.GetStringAsync("/dev-issuer/jwks", TestContext.Current.CancellationToken))!;
        var key = Assert.Single(set["keys"]!.AsArray())!.AsObject();
        Assert.Equal(["kty", "use", "alg", "kid", "n", "e"], key.Select(member => member.Key));
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars((string)key["n"]!), Exponent = Base64Url.DecodeFromChars((string)key["e"]!) });
        var parts = token.Split('.');
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        Assert.Equal((string?)key["kid"], (string?)header["kid"]);
        return (header, JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject());
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Expected {expected} but got {actual}");

    private static FormUrlEncodedContent Form(Dictionary<string, string> parameters, params (string Name, string Value)[] more) =>
        new(parameters.Concat(more.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))));

    private static StringContent Json(string text) => Body("application/json", text);

    private static StringContent Body(string type, string text) => new(text, Encoding.UTF8, type);

    private static AuthenticationHeaderValue Basic(string credentials) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
}
