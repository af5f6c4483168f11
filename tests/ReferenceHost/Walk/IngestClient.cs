using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>Walks the four documented steps over HTTP as an outside system does.</summary>
internal sealed class IngestClient(HttpClient http, string token)
{
    public static async Task<IngestClient> WithDevelopmentTokenAsync(HttpClient http, string scope = "create:jobs partner:acme")
    {
        using var answer = await http.PostAsJsonAsync("/dev-issuer/token", new
        {
            client_id = "dev",
            client_secret = "dev",
            audience = http.BaseAddress!.GetLeftPart(UriPartial.Authority),
            scope,
            grant_type = "client_credentials",
        });
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        using var json = JsonDocument.Parse(body);
        return new IngestClient(http, json.RootElement.GetProperty("access_token").GetString()!);
    }

    public async Task<(string Uid, Dictionary<string, Uri> Urls)> CreateAsync(
        string bundle, IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> parameters)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/jobs", JsonContent.Create(new
        {
            partner = "acme",
            tenant = "acme",
            bundle,
            schoolYear = "2526",
            files,
            @params = parameters,
        }));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, body);
        using var json = JsonDocument.Parse(body);
        return (json.RootElement.GetProperty("uid").GetString()!,
            json.RootElement.GetProperty("uploadUrls").EnumerateObject().ToDictionary(url => url.Name, url => new Uri(url.Value.GetString()!)));
    }

    public async Task UploadAsync(Uri url, Stream content)
    {
        using var body = new StreamContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await http.PutAsync(url, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    public async Task StartAsync(string uid)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/v1/jobs/{uid}/start", null);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> JobAsync(string uid)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/api/v1/jobs/{uid}", null);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>Waits until the job's last run has ended and gives that run.</summary>
    public async Task<JsonElement> EndedRunAsync(string uid, TimeSpan? deadline = null)
    {
        var job = default(JsonElement);
        await Eventually.HoldsAsync(
            async () => (job = await JobAsync(uid)).GetProperty("status").GetString() is "success" or "error",
            $"the run of {uid} ends",
            deadline ?? TimeSpan.FromSeconds(60));
        var runs = job.GetProperty("runs");
        return runs[runs.GetArrayLength() - 1];
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }
}
