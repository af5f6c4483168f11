using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Switchyard.TestKit.Tokens;

/// <summary>An OpenID issuer on loopback, over real HTTP: discovery, keys that rotate, faults on demand, hits counted.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "https://api.test";

    private static readonly string Padding = new('x', 1024 * 1024);
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly string _path;
    private int _discoveryHits;
    private int _keyHits;
    private int _otherHits;

    private TestIssuer(WebApplication app, TimeProvider time, string path)
    {
        _app = app;
        _time = time;
        _path = path;
    }

    /// <summary>The issuer's URL, as tokens name it.</summary>
    public string Issuer => _app.Urls.First() + _path;

    /// <summary>The key that <see cref="Token"/> signs with.</summary>
    public SigningKey Key { get; set; } = SigningKey.Rsa("key-1");

    /// <summary>The keys that are published, as JSON Web Keys; replaced as a whole.</summary>
    public IReadOnlyList<JsonObject> Published { get; set; } = [];

    public IssuerFault Fault { get; set; }

    /// <summary>Holds answers to the key set back while it is set; completed by the test.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int DiscoveryHits => Volatile.Read(ref _discoveryHits);

    public int KeyHits => Volatile.Read(ref _keyHits);

    /// <summary>Requests for anything but the two documents.</summary>
    public int OtherHits => Volatile.Read(ref _otherHits);

    /// <summary>Starts an issuer that publishes one RSA key.</summary>
    /// <param name="time">The clock of its tokens.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="path">The path of the issuer, such as <c>/realms/one</c>.</param>
    public static async Task<TestIssuer> StartAsync(TimeProvider? time = null, int port = 0, string path = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var app = builder.Build();
        var issuer = new TestIssuer(app, time ?? TimeProvider.System, path);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        issuer.Published = [issuer.Key.PublicJwk()];
        return issuer;
    }

    /// <summary>Makes the claims of a good token: issuer, audience, an hour to live, a client, and scopes.</summary>
    public JsonObject Claims(string? scope = "create:jobs partner:acme") => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["sub"] = "service-account",
        ["client_id"] = "client-1",
        ["iat"] = _time.GetUtcNow().ToUnixTimeSeconds(),
        ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 3600,
        ["scope"] = scope,
    };

    /// <summary>Signs a token with the current key.</summary>
    /// <param name="claims">Changes the claims of a good token.</param>
    /// <param name="header">Changes the header.</param>
    /// <param name="key">Signs in place of <see cref="Key"/>.</param>
    public string Token(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, SigningKey? key = null)
    {
        var payload = Claims();
        claims?.Invoke(payload);
        return TestToken.Create(key ?? Key, payload, header);
    }

    /// <summary>Signs with another key from now on, and publishes it alone or beside the old ones.</summary>
    public void Rotate(SigningKey key, bool keepOld = false)
    {
        Published = keepOld ? [.. Published, key.PublicJwk()] : [key.PublicJwk()];
        Key = key;
    }

    public async ValueTask DisposeAsync()
    {
        Gate?.TrySetResult();
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        if (path == _path + "/.well-known/openid-configuration")
        {
            Interlocked.Increment(ref _discoveryHits);
            return AnswerDiscoveryAsync(context);
        }

        if (path == _path + "/keys")
        {
            Interlocked.Increment(ref _keyHits);
            return AnswerKeysAsync(context);
        }

        Interlocked.Increment(ref _otherHits);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private Task AnswerDiscoveryAsync(HttpContext context)
    {
        var document = new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = Issuer + "/keys", ["token_endpoint"] = Issuer + "/token" };
        switch (Fault)
        {
            case IssuerFault.ServerError:
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            case IssuerFault.ConnectionReset:
                context.Abort();
                return Task.CompletedTask;
            case IssuerFault.Html:
                return context.Response.WriteAsync("<!doctype html><title>Sign in</title>");
            case IssuerFault.EmptyDiscovery:
                return context.Response.WriteAsync("{}");
            case IssuerFault.WrongIssuer:
                document["issuer"] = Issuer + "/";
                break;
            case IssuerFault.NoKeysUri:
                document.Remove("jwks_uri");
                break;
            case IssuerFault.FileKeysUri:
                document["jwks_uri"] = "file:///etc/passwd";
                break;
        }

        return context.Response.WriteAsync(document.ToJsonString());
    }

    private async Task AnswerKeysAsync(HttpContext context)
    {
        if (Gate is { } gate)
        {
            await gate.Task;
        }

        switch (Fault)
        {
            case IssuerFault.ServerError:
                context.Response.StatusCode = 500;
                return;
            case IssuerFault.Redirect:
                context.Response.Redirect(Issuer + "/elsewhere");
                return;
            case IssuerFault.Slowloris:
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            default:
                await context.Response.WriteAsync(KeyDocument());
                return;
        }
    }

    private string KeyDocument()
    {
        var keys = Fault switch
        {
            IssuerFault.NoKeys => [],
            IssuerFault.OnlyUnusableKeys => UnusableKeys(),
            _ => Published.Select(key => key.DeepClone()),
        };
        var document = new JsonObject { ["keys"] = new JsonArray([.. keys]) };
        if (Fault == IssuerFault.HugeKeyDocument)
        {
            document["padding"] = Padding;
        }

        return Fault == IssuerFault.EmptyKeyDocument ? "{}" : document.ToJsonString();
    }

    private static IEnumerable<JsonNode> UnusableKeys()
    {
        var forEncryption = SigningKey.Rsa("encryption", index: 1).PublicJwk();
        forEncryption["use"] = "enc";
        yield return new JsonObject { ["kty"] = "oct", ["kid"] = "secret", ["k"] = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U" };
        yield return SigningKey.Rsa("short", bits: 1024).PublicJwk();
        yield return forEncryption;
    }
}
