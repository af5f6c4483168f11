using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Switchyard.TestKit.Tokens;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>An OpenID issuer over TLS, as Production demands; whoever is to trust it gets <see cref="CertificateFile"/> as <c>SSL_CERT_FILE</c>.</summary>
internal sealed class SecureIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SigningKey _key = SigningKey.Rsa("secure-1");

    private SecureIssuer(WebApplication app, string certificateFile)
    {
        _app = app;
        CertificateFile = certificateFile;
    }

    public string CertificateFile { get; }

    public string Issuer => $"https://localhost:{new Uri(_app.Urls.First()).Port}";

    public static async Task<SecureIssuer> StartAsync(string folder)
    {
        var certificate = Certificate();
        var file = Path.Combine(folder, "issuer.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var issuer = new SecureIssuer(app, file);
        app.MapGet("/.well-known/openid-configuration", () => Json(new JsonObject { ["issuer"] = issuer.Issuer, ["jwks_uri"] = issuer.Issuer + "/keys" }));
        app.MapGet("/keys", () => Json(new JsonObject { ["keys"] = new JsonArray(issuer._key.PublicJwk()) }));
        await app.StartAsync();
        return issuer;
    }

    public string Token(string audience, string scope)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return TestToken.Create(_key, new JsonObject
        {
            ["iss"] = Issuer, ["aud"] = audience, ["sub"] = "service", ["client_id"] = "client-1", ["iat"] = now, ["exp"] = now + 3600, ["scope"] = scope,
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Json(JsonObject document) => Results.Text(document.ToJsonString(), "application/json");

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
