using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>The official library of Standard Webhooks verifies what the whole host delivers.</summary>
public sealed class SignatureTests
{
    private const string Template = ""","body_template":"{\"job\":\"{{job_name}} ü 🔑\"}" """;

    [Fact]
    public async Task The_official_library_verifies_a_delivery_by_the_new_secret_and_by_the_old_one()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await RunningHost.StartAsync();
        var client = await SchedulerClient.OfAsync(host.Http, "ada");
        var job = await client.CreateJobAsync();
        var webhook = await client.CreateWebhookAsync(job, receiver.Url, Template);
        var rotated = await client.PostAsync($"/webhooks/{webhook["id"]}/rotate-secret");

        await client.PostAsync($"/api/jobs/{job["id"]}/run");
        await Eventually.HoldsAsync(() => receiver.All.Count == 1, "the delivery came");

        var received = receiver.All[0];
        Assert.Equal("{\"job\":\"Daily Backup ü 🔑\"}", received.Body);
        Assert.True(await VerifyAsync((string)webhook["signing_secret"]!, received, received.Body));
        Assert.True(await VerifyAsync((string)rotated.Json["signing_secret"]!, received, received.Body));
        Assert.False(await VerifyAsync((string)rotated.Json["signing_secret"]!, received, received.Body + " "));
        Assert.False(await VerifyAsync("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", received, received.Body));
    }

    private static async Task<bool> VerifyAsync(string secret, Received received, string body)
    {
        var node = Requires.Program("node", "apt-get install -y nodejs npm");
        var folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "AspNetCore", "WebhookReceiver", "OfficialLibrary");
        Requires.That(Directory.Exists(Path.Combine(folder, "node_modules")), "standardwebhooks", "npm ci --prefix tests/AspNetCore/WebhookReceiver/OfficialLibrary");
        using var process = Process.Start(new ProcessStartInfo(node, [Path.Combine(folder, "webhooks.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync(new JsonObject
        {
            ["verb"] = "verify",
            ["secret"] = secret,
            ["id"] = received.Headers["webhook-id"],
            ["timestamp"] = long.Parse(received.Headers["webhook-timestamp"], CultureInfo.InvariantCulture),
            ["signature"] = received.Headers["webhook-signature"],
            ["body"] = body,
        }.ToJsonString());
        process.StandardInput.Close();
        var answer = JsonNode.Parse(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (bool)answer["valid"]!;
    }
}
