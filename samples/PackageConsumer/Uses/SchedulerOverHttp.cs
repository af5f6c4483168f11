using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PackageConsumer.Snippets;

namespace PackageConsumer.Uses;

/// <summary>Makes a job and a webhook over HTTP, runs it, and reads that it was delivered.</summary>
internal static class SchedulerOverHttp
{
    public static async Task<string> UseAsync()
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        var builder = Host.CreateBuilder();
        builder.Services.AddJobs().UseInMemory();
        builder.Services.AddOutboundGuard(o => o.AllowPrivateNetworks = true);
        builder.Services.AddScheduling().UseInMemory();
        await using var app = AspNetCoreScheduling.Build(builder, secret);
        app.MapPost("/receiver", () => Results.Ok()).AllowAnonymous();
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(secret));
        var job = await PostAsync(client, "/api/jobs", new JsonObject { ["account_id"] = Guid.NewGuid(), ["name"] = "Backup", ["schedule"] = "0 2 * * *", ["type"] = 1 });
        await PostAsync(client, "/webhooks", new JsonObject { ["job_id"] = (string?)job["id"], ["url"] = $"{app.Urls.Single()}/receiver", ["method"] = "POST" });
        var run = await PostAsync(client, $"/api/jobs/{job["id"]}/run", null);
        var execution = await Host.EventuallyAsync("the run is delivered", async () =>
            await client.GetFromJsonAsync<JsonObject>($"/api/executions/{run["id"]}") is { } read && (string?)read["status"] is "success" or "dead_letter" ? read : null);
        Host.Require((string?)execution["status"] == "success", $"the delivery succeeded: {execution}");
        await app.StopAsync();
        return $"execution {run["id"]} was answered with {execution["response_code"]}";
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, JsonObject? body)
    {
        using var answer = await client.PostAsync(path, body is null ? null : new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")));
        var text = await answer.Content.ReadAsStringAsync();
        Host.Require(answer.IsSuccessStatusCode, $"{path} answers well, not {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static string Token(string secret)
    {
        var claims = new JsonObject { ["sub"] = "ada", ["aud"] = "authenticated", ["exp"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds() };
        var content = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}";
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(content)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
