using System.Text.Json.Nodes;
using Switchyard.AspNetCore.Ingest.Tests.Http;
using Switchyard.Blobs;
using Switchyard.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

/// <summary>Makes submissions and takes them through their steps.</summary>
internal static class Submissions
{
    /// <summary>Makes the seed's own example, changed as a test wants it.</summary>
    public static string Body(Action<JsonObject>? change = null)
    {
        var body = JsonNode.Parse("""
            {
              "partner": "acme",
              "tenant": "acme",
              "bundle": "assessments/PSAT_SAT",
              "schoolYear": "2526",
              "files": { "INPUT_FILE": "sat_results.csv" },
              "params": { "TEST_TYPE": "SAT" }
            }
            """)!.AsObject();
        change?.Invoke(body);
        return body.ToJsonString();
    }

    public static async Task<Guid> CreateAsync(IngestApp app, string? body = null, string token = TokenOf.Acme)
    {
        var answer = await app.PostAsync("/api/v1/jobs", body ?? Body(), token);
        Assert.Equal(201, answer.Status);
        return (Guid)answer.Json["uid"]!;
    }

    /// <summary>Puts the job's input into the blob store, as an upload would.</summary>
    public static async Task UploadAsync(IngestApp app, Guid uid, string content = "id\n1\n")
    {
        var job = await app.Services.GetRequiredService<IIngestJobStore>().FindAsync(uid, TestContext.Current.CancellationToken);
        foreach (var file in job!.Files)
        {
            using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
            await app.Services.GetRequiredService<IBlobStore>().WriteAsync(file.ObjectKey, stream, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Creates, uploads and starts a job, and gives its run.</summary>
    public static async Task<(Guid Job, Guid Run)> StartAsync(IngestApp app)
    {
        var uid = await CreateAsync(app);
        await UploadAsync(app, uid);
        Assert.Equal(202, (await app.PostAsync($"/api/v1/jobs/{uid}/start", null)).Status);
        var job = await app.Services.GetRequiredService<IIngestJobStore>().FindAsync(uid, TestContext.Current.CancellationToken);
        return (uid, job!.Runs[^1].Uid);
    }
}
