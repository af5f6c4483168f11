using PackageConsumer.Snippets;
using Switchyard.Ingest;
using Switchyard.Jobs;

namespace PackageConsumer.Uses;

/// <summary>Runs a handler that knows the ports alone, on stores in memory.</summary>
internal static class JobsInMemory
{
    public static async Task<string> UseAsync()
    {
        var builder = Host.CreateBuilder();
        InMemory.Add(builder);

        // What ingest asks for besides its stores.
        BlobsFileSystem.Add(builder, new byte[32]);
        builder.Services.AddIngest().UseSqliteAnalytics();
        await using var app = builder.Build();
        await app.StartAsync();

        await using var scope = app.Services.CreateAsyncScope();
        var (id, _) = await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync("greet", new Greeting("Ada"));
        var store = app.Services.GetRequiredService<IJobStore>();
        var job = await Host.EventuallyAsync("the job has ended", async () => await store.FindAsync(id, CancellationToken.None) is { FinishedAt: not null } ended ? ended : null);
        Host.Require((job.State, job.Result) == (JobState.Succeeded, "\"Hello Ada, attempt 1\""), "the job succeeded with its output");

        var target = await app.Services.GetRequiredService<IPartnerDirectory>().FindAsync(new SubmissionQuery("acme", "acme", "assessments/PSAT_SAT", "2526"), CancellationToken.None);
        Host.Require(target.TenantExists && target.BundleEnabled, "the sample's partner is there");
        await app.StopAsync();
        return $"the job said {job.Result}, and the sample's partner was found";
    }
}
