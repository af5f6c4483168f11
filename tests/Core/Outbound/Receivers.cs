using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Switchyard.Outbound.Tests;

/// <summary>Receivers on loopback.</summary>
internal static class Receivers
{
    /// <summary>Starts a Kestrel that answers by a delegate; with TLS where there is a certificate.</summary>
    public static async Task<WebApplication> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null, Action<string?>? onHostName = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(https => https.ServerCertificateSelector = (_, name) =>
                {
                    onHostName?.Invoke(name);
                    return certificate;
                });
            }
        }));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>Gets the receiver's URL under a name that only the test's DNS knows.</summary>
    public static string Named(this WebApplication app, string host, string path) =>
        new UriBuilder(app.Urls.Single()) { Host = host }.Uri.GetLeftPart(UriPartial.Authority) + path;

    /// <summary>Makes a certificate that signs itself.</summary>
    public static X509Certificate2 Certificate(string host, DateTimeOffset notAfter)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(notAfter.AddYears(-1), notAfter);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}

/// <summary>A receiver that does with each connection what a test says, as no proper server would.</summary>
internal sealed class RawReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    public RawReceiver(Func<Socket, CancellationToken, Task> handle)
    {
        _listener.Start();
        _loop = AcceptAsync(handle);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>Reads a request's head, so that what follows is an answer.</summary>
    public static async Task ReadHeadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            length += await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> handle)
    {
        while (true)
        {
            using var socket = await _listener.AcceptSocketAsync(_stopping.Token);
            await handle(socket, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
