using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PackageConsumer.Snippets;
using Switchyard.Blobs.FileSystem;
using Switchyard.Tokens;

namespace PackageConsumer.Uses;

/// <summary>Creates a job over HTTP, uploads to its signed URL, starts it, and reads how it went.</summary>
internal static class IngestOverHttp
{
    private const string Job = """{"partner":"acme","tenant":"west","bundle":"assessments/DEMO","schoolYear":"2526","files":{"INPUT_FILE":"scores.csv"}}""";

    public static async Task<string> UseAsync()
    {
        await WriteFilesAsync();
        using var issuer = new LocalIssuer();
        var builder = Host.CreateBuilder();
        builder.Services.AddKeyedSingleton<ITokenKeySource>("ingest", issuer);
        StorageEfCore.Add(builder);
        Snippets.Ingest.Add(builder, RandomNumberGenerator.GetBytes(32));
        await using var app = AspNetCoreIngest.Build(builder);
        await JobsOnSqlite.CreateTablesAsync(app);
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        app.Services.GetRequiredService<IOptions<FileSystemBlobsOptions>>().Value.PublicUrl = address;

        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Sign("create:jobs partner:acme"));
        var created = await PostAsync(client, "/api/v1/jobs", Job);
        var uid = (string)created!["uid"]!;
        using var uploader = new HttpClient();
        using var upload = await uploader.PutAsync((string)created["uploadUrls"]!["INPUT_FILE"]!, new StringContent("id,score\n1,500\n2,600\n"));
        upload.EnsureSuccessStatusCode();
        await PostAsync(client, $"/api/v1/jobs/{uid}/start", null);
        var job = await Host.EventuallyAsync("the run has ended", async () =>
            await client.GetFromJsonAsync<JsonObject>($"/api/v1/jobs/{uid}") is { } read && (string?)read["status"] is "success" or "error" ? read : null);
        var run = job["runs"]![0]!;
        Host.Require((string?)run["status"] == "success", $"the run succeeded: {run}");
        await app.StopAsync();
        return $"job {uid} loaded {run["summary"]!.ToJsonString()}";
    }

    private static async Task WriteFilesAsync()
    {
        Directory.CreateDirectory("bundles/assessments/DEMO");
        await File.WriteAllTextAsync("bundles/assessments/DEMO/_metadata.yaml", """
            display_name: "Demo"
            path: "assessments/DEMO"
            input_files:
              - { display_name: "Scores", env_var: "INPUT_FILE", is_required: true, file_type: ["csv"] }
            """);
        await File.WriteAllTextAsync("partners.yml", """
            partners:
              - code: acme
                name: Acme Schools
                tenants: [west]
                bundles: [assessments/DEMO]
                ods:
                  - { tenant: west, schoolYear: "2526", url: "https://ods.example.org/2526" }
            """);
    }

    private static async Task<JsonNode?> PostAsync(HttpClient client, string path, string? json)
    {
        using var answer = await client.PostAsync(path, json is null ? null : new StringContent(json, new MediaTypeHeaderValue("application/json")));
        var body = await answer.Content.ReadAsStringAsync();
        Host.Require(answer.IsSuccessStatusCode, $"{path} answers well, not {(int)answer.StatusCode} {body}");
        return body.Length > 0 ? JsonNode.Parse(body) : null;
    }
}
