using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.ReferenceHost.Tests.Security;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>A host whose webhooks may not reach private networks, with a job and a webhook that hostile requests are about; nothing ticks.</summary>
public sealed class HostileHost : IAsyncLifetime
{
    internal RunningHost Host { get; private set; } = null!;

    internal SchedulerClient Client { get; private set; } = null!;

    internal string Job { get; private set; } = "";

    internal string Webhook { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await RunningHost.StartAsync(("WORKER_ENABLED", "false"), ("WEBHOOK_ALLOW_PRIVATE_NETWORKS", "false"));
        Client = await SchedulerClient.OfAsync(Host.Http, "ada");
        var job = await Client.CreateJobAsync();
        Job = (string)job["id"]!;
        Webhook = (string)(await Client.CreateWebhookAsync(job, "https://api.example.com/webhook", ""","headers":{"X-Key":"k"}"""))["id"]!;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Makes a call, and asserts that it left every table of the database as it was.</summary>
    internal async Task<Answer> WithoutTraceAsync(Func<Task<Answer>> call)
    {
        var before = StoredRows.Count(Host);
        var (job, webhook) = (await Client.GetAsync($"/api/jobs/{Job}"), await Client.GetAsync($"/webhooks/{Webhook}"));
        var answer = await call();
        Assert.Equal(before, StoredRows.Count(Host));
        Assert.Equal((job.Body, webhook.Body), ((await Client.GetAsync($"/api/jobs/{Job}")).Body, (await Client.GetAsync($"/webhooks/{Webhook}")).Body));
        return answer;
    }
}
