using System.Diagnostics;
using System.Text.Json;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>A certified OpenID provider (npm <c>oidc-provider</c>) in a process of its own on loopback.</summary>
internal sealed class OpenIdProvider : IDisposable
{
    private readonly Process _process;

    private OpenIdProvider(Process process, Uri issuer)
    {
        _process = process;
        Issuer = issuer;
    }

    public Uri Issuer { get; }

    /// <summary>Starts the provider; skips the test (fails it in CI) where Node or its packages are not installed.</summary>
    public static async Task<OpenIdProvider> StartAsync(string audience)
    {
        var node = Requires.Program("node", "apt-get install -y nodejs npm");
        var folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "ReferenceHost", "Walk", "OpenIdProvider");
        Requires.That(Directory.Exists(Path.Combine(folder, "node_modules")), "oidc-provider", "npm ci --prefix tests/ReferenceHost/Walk/OpenIdProvider");
        var process = Process.Start(new ProcessStartInfo(node, [Path.Combine(folder, "server.mjs"), audience])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var issuer = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return new OpenIdProvider(process, new Uri(issuer!));
    }

    /// <summary>Gets an access token by client credentials, as a form.</summary>
    public async Task<string> TokenAsync(string scope)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(Issuer, "/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "walk-client",
            ["client_secret"] = "walk-secret",
            ["scope"] = scope,
        }));
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("access_token").GetString()!;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
