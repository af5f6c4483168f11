using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Calls the scheduler as one user, and gives whole answers.</summary>
internal sealed class SchedulerClient(HttpClient http, string? token)
{
    public const string Account = "123e4567-e89b-12d3-a456-426614174000";

    public string? Token { get; } = token;

    /// <summary>Gets a token of the development issuer for a subject.</summary>
    public static async Task<SchedulerClient> OfAsync(HttpClient http, string subject)
    {
        var answer = await new SchedulerClient(http, null).SendAsync("POST", "/dev-issuer/scheduler-token", new JsonObject { ["sub"] = subject }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return new SchedulerClient(http, (string)answer.Json["access_token"]!);
    }

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path, null);

    public Task<Answer> PostAsync(string path, string? json = null) => SendAsync("POST", path, json);

    public async Task<Answer> SendAsync(string method, string path, string? json, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

            // A server that refuses a large body hangs up while it is being sent, unless it is asked first.
            request.Headers.ExpectContinue = json.Length > 512 * 1024;
        }

        return await SendAsync(request, headers);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        if (Token is not null)
        {
            request.Headers.Authorization = new("Bearer", Token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers,
            response.Content.Headers);
    }

    /// <summary>Makes a job and gives it; by default one that never fires while a test runs.</summary>
    public async Task<JsonNode> CreateJobAsync(string schedule = "0 2 * * *", string account = Account, string name = "Daily Backup", string more = "")
    {
        var answer = await PostAsync("/api/jobs", $$"""{"account_id":"{{account}}","name":"{{name}}","schedule":"{{schedule}}","type":1{{more}}}""");
        Assert.True(answer.Status == 201, answer.Body);
        return answer.Json;
    }

    /// <summary>Makes a webhook and gives it.</summary>
    public async Task<JsonNode> CreateWebhookAsync(JsonNode job, string url, string more = "")
    {
        var answer = await PostAsync("/webhooks", $$"""{"job_id":"{{job["id"]}}","url":"{{url}}","method":"POST"{{more}}}""");
        Assert.True(answer.Status == 201, answer.Body);
        return answer.Json;
    }

    /// <summary>Gets the executions of a job, newest first.</summary>
    public async Task<JsonArray> ExecutionsAsync(JsonNode job) => (await GetAsync($"/api/jobs/{job["id"]}/executions")).Json["items"]!.AsArray();
}
