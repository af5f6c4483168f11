using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Ingest;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.ReferenceHost.Tests.Scheduling;
using Switchyard.TestKit;
using IngestClient = Switchyard.ReferenceHost.Tests.Walk.IngestClient;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Everybody who may call the host, each with a token of their own, and the jobs and runs that their calls are about.</summary>
internal sealed class RouteCallers
{
    private readonly Dictionary<string, string?> _tokens = new() { ["anonymous"] = null };

    /// <summary>The names of the callers, in the order of the columns of the route table.</summary>
    public static IReadOnlyList<string> Names { get; } = ["anonymous", "no scopes", "wrong audience", "foreign partner", "client", "executor", "init token", "access token", "scheduler stranger", "scheduler owner"];

    /// <summary>A job of acme that is uploaded and not started.</summary>
    public string Job { get; private set; } = "";

    /// <summary>A run whose init token is unused.</summary>
    public string FreshRun { get; private set; } = "";

    /// <summary>What the scheduler's routes are about, by the names of <see cref="SchedulerRoutes"/>.</summary>
    public IReadOnlyDictionary<string, string> Scheduler { get; private set; } = new Dictionary<string, string>();

    /// <summary>A run that has begun.</summary>
    public string BegunRun { get; private set; } = "";

    public string? Token(string caller) => _tokens[caller];

    public static async Task<RouteCallers> ArrangeAsync(RunningHost host)
    {
        var callers = new RouteCallers();
        callers._tokens["no scopes"] = await DevelopmentTokens.GetAsync(host.Http, null);
        callers._tokens["wrong audience"] = await DevelopmentTokens.GetAsync(host.Http, "create:jobs execute:jobs partner:acme", "https://other.example.com");
        callers._tokens["foreign partner"] = await DevelopmentTokens.GetAsync(host.Http, "create:jobs partner:other");
        callers._tokens["client"] = await DevelopmentTokens.GetAsync(host.Http, "create:jobs partner:acme");
        callers._tokens["executor"] = await DevelopmentTokens.GetAsync(host.Http, "execute:jobs");

        var client = new IngestClient(host.Http, callers._tokens["client"]!);
        callers.Job = await UploadedJobAsync(client);
        (callers.FreshRun, callers._tokens["init token"], _) = await HandedOutAsync(host, client, callers);
        (callers.BegunRun, var init, var initUrl) = await HandedOutAsync(host, client, callers);
        using var request = new HttpRequestMessage(HttpMethod.Get, initUrl);
        request.Headers.Authorization = new("Bearer", init);
        using var begun = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        callers._tokens["access token"] = (await begun.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString();
        await WaitingRunAsync(host, client);
        var owner = await SchedulerClient.OfAsync(host.Http, "owner");
        callers._tokens["scheduler owner"] = owner.Token;
        callers._tokens["scheduler stranger"] = (await SchedulerClient.OfAsync(host.Http, "stranger")).Token;
        callers.Scheduler = await SchedulerRoutes.ArrangeAsync(owner);
        return callers;
    }

    private static async Task<string> UploadedJobAsync(IngestClient client)
    {
        var (uid, urls) = await client.CreateAsync("assessments/PSAT_SAT", new Dictionary<string, string> { ["INPUT_FILE"] = "a.csv" }, new Dictionary<string, string> { ["TEST_TYPE"] = "SAT" });
        await client.UploadAsync(urls["INPUT_FILE"], new MemoryStream("ID\n1\n"u8.ToArray()));
        return uid;
    }

    private static async Task<(string Run, string InitToken, string InitUrl)> HandedOutAsync(RunningHost host, IngestClient client, RouteCallers callers)
    {
        await WaitingRunAsync(host, client);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/earthbeam/next");
        request.Headers.Authorization = new("Bearer", callers._tokens["executor"]);
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var run = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (run.GetProperty("runId").GetString()!, run.GetProperty("initToken").GetString()!, run.GetProperty("initJobUrl").GetString()!);
    }

    // Starts a job, and waits until the kernel has readied its run for whoever asks for work.
    private static async Task WaitingRunAsync(RunningHost host, IngestClient client)
    {
        var uid = await UploadedJobAsync(client);
        await client.StartAsync(uid);
        var run = (await client.JobAsync(uid)).GetProperty("runs")[0].GetProperty("uid").GetGuid();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var scope = host.Services.CreateScope();
                return (await scope.ServiceProvider.GetRequiredService<IIngestRunStore>().FindAsync(run, TestContext.Current.CancellationToken))!.Run.Fence > 0;
            },
            "the run waits for an executor");
    }
}
