using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>Does the four documented steps over HTTP, as any client would.</summary>
internal sealed class DemoClient(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Step 1: gets a token of the development issuer and bears it from now on.</summary>
    public async Task AuthenticateAsync(string partner, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "dev",
            ["client_secret"] = "dev",
            ["scope"] = $"create:jobs partner:{partner}",
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "dev-issuer/token") { Content = form };
        var answer = await SendAsync("Step 1, the token,", request, cancellationToken);
        var token = (string?)answer?["access_token"] ?? throw new DemoException("Step 1, the token, was answered without a token.");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Step 2: creates a job.</summary>
    /// <returns>Its identifier, and where to upload each file.</returns>
    public async Task<(string Uid, IReadOnlyDictionary<string, Uri> UploadUrls)> CreateAsync(JsonObject job, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/jobs") { Content = JsonContent.Create(job) };
        var answer = await SendAsync("Step 2, creating the job,", request, cancellationToken);
        var urls = answer?["uploadUrls"]?.AsObject() ?? throw new DemoException("Step 2, creating the job, was answered without upload URLs.");
        return ((string)answer["uid"]!, urls.ToDictionary(url => url.Key, url => new Uri((string)url.Value!)));
    }

    /// <summary>Step 3: uploads a file to its signed URL, which wants no token.</summary>
    public static async Task UploadAsync(Uri to, string path, Action<long> sent, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, to) { Content = new UploadContent(path, sent) };
        using var uploader = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await SendAsync(uploader, "Step 3, the upload,", request, cancellationToken);
    }

    /// <summary>Step 4: starts the job.</summary>
    public async Task StartAsync(string uid, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/jobs/{uid}/start");
        await SendAsync("Step 4, the start,", request, cancellationToken);
    }

    /// <summary>Asks how the job stands.</summary>
    public async Task<DemoJob> ReadAsync(string uid, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/jobs/{uid}");
        return new DemoJob(await SendAsync("Reading the job", request, cancellationToken) ?? throw new DemoException("Reading the job was answered with nothing."));
    }

    public void Dispose() => _http.Dispose();

    private Task<JsonNode?> SendAsync(string step, HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(_http, step, request, cancellationToken);

    private static async Task<JsonNode?> SendAsync(HttpClient http, string step, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new DemoException($"{step} was answered {(int)response.StatusCode}: {(body.Length > 0 ? body : "no body")}");
            }

            return body.Length > 0 ? JsonNode.Parse(body) : null;
        }
        catch (HttpRequestException failure)
        {
            // Without its query, which may be a signature.
            throw new DemoException($"{step} got no answer from {http.BaseAddress ?? new Uri(request.RequestUri!.GetLeftPart(UriPartial.Authority))}: {failure.Message}");
        }
        catch (JsonException)
        {
            throw new DemoException($"{step} was answered with something that is no JSON. Is {http.BaseAddress} a Switchyard host?");
        }
    }
}
