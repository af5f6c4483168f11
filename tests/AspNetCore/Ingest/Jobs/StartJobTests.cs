using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.AspNetCore.Ingest.Tests.Http;
using Switchyard.Blobs;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

public sealed class StartJobTests : IAsyncLifetime
{
    private const string Unknown = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private IngestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await IngestApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Uploaded_job_starts_with_202_and_an_empty_body()
    {
        var uid = await Submissions.CreateAsync(_app);
        await Submissions.UploadAsync(_app, uid);

        var answer = await StartAsync(uid.ToString());

        Assert.Equal((202, ""), (answer.Status, answer.Body));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal((1L, 1), ((await _app.CountAsync()).Jobs, (await _app.CountAsync()).Runs));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("' OR 1=1--")]
    [InlineData("{3f2504e0-4f89-41d3-9a0c-0305e82c3301}")]
    [InlineData("(3f2504e0-4f89-41d3-9a0c-0305e82c3301)")]
    [InlineData("3f2504e04f8941d39a0c0305e82c3301")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301%20")]
    [InlineData("%203f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("+f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("0xf504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("３f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c330g")]
    public async Task Uid_of_any_other_form_is_400_but_401_without_a_token(string uid)
    {
        var answer = await StartAsync(uid);
        var anonymous = await _app.PostAsync($"/api/v1/jobs/{uid}/start", null, token: null);

        answer.IsError(400, "invalid_uid", "Bad Request", "The path needs a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.");
        anonymous.IsError(401, "unauthorized", "Unauthorized", "The request needs a valid access token.");
    }

    [Fact]
    public async Task Job_of_another_partner_is_as_unknown_as_one_that_is_nowhere()
    {
        var uid = await Submissions.CreateAsync(_app);

        var foreign = await StartAsync(uid.ToString(), TokenOf.Other);
        var unknown = await StartAsync(Unknown, TokenOf.Other);

        foreign.IsError(404, "job_not_found", "Not Found", "There is no such job.");
        Assert.Equal(unknown.Body, foreign.Body);
        Assert.Equal((1L, 0, 0), await _app.CountAsync());
    }

    [Fact]
    public async Task Uid_may_be_in_upper_case()
    {
        var uid = await Submissions.CreateAsync(_app);
        await Submissions.UploadAsync(_app, uid);

        Assert.Equal(202, (await StartAsync(uid.ToString().ToUpperInvariant())).Status);
    }

    [Fact]
    public async Task Missing_and_empty_files_are_400_by_the_names_that_the_client_gave()
    {
        var uid = await Submissions.CreateAsync(_app);

        (await StartAsync(uid.ToString()))
            .IsError(400, "files_not_uploaded", "Bad Request", "Files were not found; upload them first: sat_results.csv.");
        await Submissions.UploadAsync(_app, uid, content: "");
        (await StartAsync(uid.ToString())).IsError(400, "files_empty", "Bad Request", "Files are empty: sat_results.csv.");
        Assert.Equal(0, (await _app.CountAsync()).Runs);
    }

    [Fact]
    public async Task Fifty_concurrent_starts_are_one_run()
    {
        var uid = await Submissions.CreateAsync(_app);
        await Submissions.UploadAsync(_app, uid);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StartAsync(uid.ToString())));

        Assert.Single(answers, answer => answer.Status == 202);
        Assert.All(answers.Where(answer => answer.Status != 202), answer =>
            answer.IsError(400, "run_in_progress", "Bad Request", "The job has a run that is in progress."));
        Assert.Equal(1, (await _app.CountAsync()).Runs);
    }

    [Fact]
    public async Task Finished_job_starts_again()
    {
        var (job, run) = await Submissions.StartAsync(_app);
        await _app.Services.GetRequiredService<IIngestRunStore>().FinishAsync(
            new IngestRunFinished { RunUid = run, Success = true, At = _app.Clock.GetUtcNow() }, TestContext.Current.CancellationToken);

        Assert.Equal(202, (await StartAsync(job.ToString())).Status);
        Assert.Equal(2, (await _app.CountAsync()).Runs);
    }

    [Theory]
    [InlineData("{\"force\":true}", "application/json")]
    [InlineData("{", "text/plain")]
    public async Task Body_is_not_looked_at(string body, string contentType)
    {
        var uid = await Submissions.CreateAsync(_app);
        await Submissions.UploadAsync(_app, uid);

        Assert.Equal(202, (await _app.PostAsync($"/api/v1/jobs/{uid}/start", body, contentType: contentType)).Status);
    }

    [Fact]
    public async Task Blob_store_that_cannot_be_reached_is_503_and_no_202()
    {
        await using var app = await IngestApp.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<IBlobStore, BrokenBlobStore>()));
        var uid = await StoreAsync(app);

        var answer = await app.PostAsync($"/api/v1/jobs/{uid}/start", null);

        answer.IsError(503, "blob_store_unavailable", "Service Unavailable", "The file store can't be reached. Try again later.");
        Assert.Equal("5", answer.Header("Retry-After"));
        Assert.Equal((1L, 0, 0), await app.CountAsync());
    }

    private static async Task<Guid> StoreAsync(IngestApp app)
    {
        var job = new IngestJob
        {
            Uid = Guid.NewGuid(),
            Partner = "acme",
            Tenant = "acme",
            Bundle = "assessments/PSAT_SAT",
            SchoolYear = "2526",
            Params = new Dictionary<string, string>(),
            BundleSnapshot = "{}",
            StoragePrefix = "jobs/acme/acme/x",
            Client = new IngestClient("https://issuer.example", "client-a", null),
            CreatedAt = app.Clock.GetUtcNow(),
            Files = [new IngestFile { Key = "INPUT_FILE", Name = "a.csv", ObjectKey = "jobs/acme/acme/x/input/a" }],
        };
        await app.Services.GetRequiredService<IIngestJobStore>().CreateAsync(new NewIngestJob(job, null), TestContext.Current.CancellationToken);
        return job.Uid;
    }

    private Task<Answer> StartAsync(string uid, string token = TokenOf.Acme) => _app.PostAsync($"/api/v1/jobs/{uid}/start", null, token);
}
