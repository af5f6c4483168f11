using System.Text;
using Switchyard.Jobs;

namespace Switchyard.Ingest.Submission;

public sealed class JobStarterTests
{
    [Fact]
    public async Task A_start_freezes_what_was_uploaded_and_commits_run_and_kernel_jobs()
    {
        await using var host = await IngestHost.StartAsync();
        var job = await host.UploadedAsync("a,b\n1,2\n");

        var started = Assert.IsType<StartResult.Started>(await host.StartJobAsync(job.Uid));

        var stored = (await host.Jobs.FindAsync(job.Uid, TestContext.Current.CancellationToken))!;
        var file = Assert.Single(stored.Files);
        Assert.Matches($"^{job.StoragePrefix}/[0-9a-f-]{{36}}$", file.FrozenKey);
        Assert.Equal(8, file.Size);
        Assert.Equal("a,b\n1,2\n", Encoding.UTF8.GetString(host.Blobs.Get(file.FrozenKey!)!));
        Assert.Equal((started.RunUid, IngestRunStatus.New), (Assert.Single(stored.Runs).Uid, stored.Runs[0].Status));
        var claimed = (await host.Kernel.ClaimAsync())!;
        Assert.Equal(("ingest.run", 3, $$"""{"runUid":"{{started.RunUid}}"}"""), (claimed.Kind, claimed.MaxAttempts, claimed.Payload));
        Assert.Null(await host.Kernel.ClaimAsync());
    }

    [Fact]
    public async Task Unknown_and_foreign_jobs_are_refused_alike()
    {
        await using var host = await IngestHost.StartAsync();
        var job = await host.UploadedAsync();

        var foreign = Assert.IsType<StartResult.Refused>(await host.StartJobAsync(job.Uid, IngestHost.Caller("partner:other")));
        var unknown = Assert.IsType<StartResult.Refused>(await host.StartJobAsync(Guid.NewGuid()));

        Assert.Equal(new IngestRefusal(404, "job_not_found", "There is no such job."), unknown.Refusal);
        Assert.Equal(unknown, foreign);
    }

    [Fact]
    public async Task Missing_empty_and_large_files_are_named_as_the_client_named_them()
    {
        await using var host = await IngestHost.StartAsync(options => options.UploadMaxBytes = 4);
        var job = Assert.IsType<SubmitResult.Accepted>(await host.SubmitAsync(IngestHost.Sat())).Job;
        var key = job.Files[0].ObjectKey;

        Assert.Equal(new IngestRefusal(400, "files_not_uploaded", "Files were not found; upload them first: sat_results.csv."), await RefusalAsync(host, job));
        host.Blobs.Put(key, "");
        Assert.Equal(new IngestRefusal(400, "files_empty", "Files are empty: sat_results.csv."), await RefusalAsync(host, job));
        host.Blobs.Put(key, "12345");
        Assert.Equal(new IngestRefusal(400, "files_too_large", "Files are too large: sat_results.csv."), await RefusalAsync(host, job));
        host.Blobs.IsDown = true;
        Assert.Equal(503, (await RefusalAsync(host, job)).Status);
        host.Blobs.IsDown = false;
        host.Blobs.Put(key, "1234");
        Assert.IsType<StartResult.Started>(await host.StartJobAsync(job.Uid));
    }

    [Fact]
    public async Task Fifty_starts_at_once_make_one_run_and_leave_one_copy()
    {
        await using var host = await IngestHost.StartAsync();
        var job = await host.UploadedAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => host.StartJobAsync(job.Uid))));

        Assert.Single(results.OfType<StartResult.Started>());
        Assert.All(results.OfType<StartResult.Refused>(), refused => Assert.Equal(new IngestRefusal(400, "run_in_progress", "The job has a run that is in progress."), refused.Refusal));
        Assert.Single(host.Blobs.Keys, key => !key.Contains("/input/", StringComparison.Ordinal));
        Assert.Single((await host.Jobs.FindAsync(job.Uid, TestContext.Current.CancellationToken))!.Runs);
    }

    [Fact]
    public async Task An_upload_between_look_and_copy_is_looked_at_again()
    {
        await using var host = await IngestHost.StartAsync();
        var job = await host.UploadedAsync("old\n");
        var changes = 1;
        host.Blobs.BeforeFreeze = key =>
        {
            if (changes-- > 0)
            {
                host.Blobs.Put(key, "new\n");
            }
        };

        Assert.IsType<StartResult.Started>(await host.StartJobAsync(job.Uid));

        var frozen = Assert.Single(host.Blobs.Keys, key => !key.Contains("/input/", StringComparison.Ordinal));
        Assert.Equal("new\n", Encoding.UTF8.GetString(host.Blobs.Get(frozen)!));
    }

    [Fact]
    public async Task An_upload_that_never_stands_still_is_refused()
    {
        await using var host = await IngestHost.StartAsync();
        var job = await host.UploadedAsync();
        host.Blobs.BeforeFreeze = key => host.Blobs.Put(key, "again\n");

        Assert.Equal((400, "files_changed"), ((await RefusalAsync(host, job)).Status, (await RefusalAsync(host, job)).Code));
        Assert.DoesNotContain(host.Blobs.Keys, key => !key.Contains("/input/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_finished_job_starts_again_with_the_copies_of_its_first_start()
    {
        await using var host = await IngestHost.StartAsync();
        var job = await host.UploadedAsync();
        Assert.IsType<StartResult.Started>(await host.StartJobAsync(job.Uid));
        await host.Kernel.RunOneAsync();
        host.Blobs.Put(job.Files[0].ObjectKey, "other\n1\n2\n3\n");

        var second = Assert.IsType<StartResult.Started>(await host.StartJobAsync(job.Uid));
        await host.Kernel.RunOneAsync();

        Assert.Equal("""{"INPUT_FILE":{"records_processed":2,"records_skipped":0,"records_failed":0}}""", (await host.RunAsync(second.RunUid)).Summary);
        Assert.Single(host.Blobs.Keys, key => !key.Contains("/input/", StringComparison.Ordinal));
    }

    private static async Task<IngestRefusal> RefusalAsync(IngestHost host, IngestJob job) =>
        Assert.IsType<StartResult.Refused>(await host.StartJobAsync(job.Uid)).Refusal;
}
