using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Switchyard.ReferenceHost.Tests.Walk;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Walks the ingest API well and badly, and keeps what was answered to the bad calls.</summary>
internal sealed class CanaryWalk(HttpClient http, string token)
{
    private const string Marker = "canary-of-a-bad-call-4c2e";
    private string _uploadPath = "/blobs/x";

    public string Token { get; } = token;

    /// <summary>The bodies of all errors so far.</summary>
    public List<string> ErrorBodies { get; } = [];

    /// <summary>Creates, uploads, starts, and waits for the end.</summary>
    /// <returns>The secrets that the host gave out.</returns>
    public async Task<IReadOnlyList<string>> LoadAsync(byte[] csv)
    {
        var client = new IngestClient(http, Token);
        var (uid, urls) = await client.CreateAsync("assessments/PSAT_SAT", new Dictionary<string, string> { ["INPUT_FILE"] = "a.csv" }, new Dictionary<string, string>());
        var url = urls["INPUT_FILE"];
        _uploadPath = url.AbsolutePath;
        await client.UploadAsync(url, new MemoryStream(csv));
        await client.StartAsync(uid);
        var run = await client.EndedRunAsync(uid);
        Assert.Equal("success", run.GetProperty("status").GetString());
        ErrorBodies.Add(JsonSerializer.Serialize(await client.JobAsync(uid)));
        return [url.Query.Split("signature=")[1].Split('&')[0]];
    }

    /// <summary>Makes every kind of call that is refused, with marks in what a client keeps secret.</summary>
    /// <returns>The marks.</returns>
    public async Task<IReadOnlyList<string>> FailAsync()
    {
        var forged = Token[..^12] + "canarycanary";
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"client:{Marker}"));
        await SendAsync("POST", "/api/v1/jobs", $"Bearer {Marker}", "{}");
        await SendAsync("POST", "/api/v1/jobs", $"Bearer {forged}", "{}");
        await SendAsync("POST", "/api/v1/jobs", $"Basic {basic}", "{}");
        await SendAsync("POST", "/api/v1/jobs", $"Bearer {Token}", $$"""{"partner":"acme","{{Marker}}""");
        await SendAsync("POST", "/api/v1/jobs", $"Bearer {Token}", $$"""{"partner":"acme","password":"{{Marker}}"}""");
        await SendAsync("GET", $"/api/v1/jobs?limit={Marker}", $"Bearer {Token}", null);
        await SendAsync("GET", "/api/v1/jobs?partner=other", $"Bearer {Token}", null);
        await SendAsync("GET", $"/api/v1/jobs/{Guid.NewGuid()}", $"Bearer {Token}", null);
        await SendAsync("GET", $"/api/v1/jobs?access_token={Marker}", null, null);
        await SendAsync("GET", $"/api/earthbeam/auth/{Guid.NewGuid()}/init", $"Bearer {Marker}", null);
        await SendAsync("PUT", $"{_uploadPath}?expires=99999999999&signature={Marker}", null, Marker);
        await SendAsync("GET", $"{_uploadPath}?expires=1&signature={Marker}", null, null);
        await SendAsync("GET", $"/nowhere?signature={Marker}", $"Bearer {Marker}", null);
        return [Marker, forged, forged[(forged.LastIndexOf('.') + 1)..], basic];
    }

    private async Task SendAsync(string method, string path, string? authorization, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.InRange((int)answer.StatusCode, 400, 599);
        ErrorBodies.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + string.Join('\n', answer.Headers));
    }
}
