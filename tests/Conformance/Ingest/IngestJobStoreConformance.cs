using Switchyard.Ingest;
using Xunit;

namespace Switchyard.Conformance.Ingest;

/// <summary>Proves a store of ingest jobs: each test is an obligation of <see cref="IIngestJobStore"/>.</summary>
public abstract partial class IngestJobStoreConformance : IngestConformance
{
    /// <summary>Everything comes back.</summary>
    [Fact]
    public async Task Created_job_is_found_with_everything_it_was_given()
    {
        var job = NewJob();

        var created = await Jobs.CreateAsync(new NewIngestJob(job, null), Cancellation);

        Assert.Equal(CreateJobOutcome.Created, created.Outcome);
        AssertSame(job, created.Job);
        AssertSame(job, await GetJobAsync(job.Uid));
    }

    /// <summary>A client without a name is stored as one.</summary>
    [Fact]
    public async Task Client_without_id_and_name_stays_without()
    {
        var job = await CreateJobAsync(NewJob() with { Client = new IngestClient("https://issuer.example", null, null) });

        Assert.Equal(job.Client, (await GetJobAsync(job.Uid)).Client);
    }

    /// <summary>No job, no answer.</summary>
    [Fact]
    public async Task Unknown_job_is_not_found() => Assert.Null(await Jobs.FindAsync(Guid.NewGuid(), Cancellation));

    /// <summary>Order doesn't depend on a collation.</summary>
    [Fact]
    public async Task Files_come_ordered_by_key_ordinally()
    {
        var job = NewJob();
        string[] keys = ["b", "B", "a_", "a", "_"];

        await CreateJobAsync(job with { Files = [.. keys.Select(key => new IngestFile { Key = key, Name = "n", ObjectKey = "o/" + key })] });

        Assert.Equal(["B", "_", "a", "a_", "b"], (await GetJobAsync(job.Uid)).Files.Select(file => file.Key));
    }

    /// <summary>Texts that a database may not take never make a call fail.</summary>
    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\ud800b")]
    public async Task Text_that_can_not_be_encoded_does_not_fail_the_call(string text)
    {
        var job = NewJob();
        job = job with
        {
            Params = new Dictionary<string, string> { ["P"] = text },
            Client = new IngestClient("https://issuer.example", text, text),
            Files = [job.Files[0] with { Name = text }],
        };

        await Jobs.CreateAsync(new NewIngestJob(job, NewKey(text)), Cancellation);

        Assert.Equal(job.Uid, (await GetJobAsync(job.Uid)).Uid);
        Assert.Equal(CreateJobOutcome.Repeated, (await Jobs.CreateAsync(new NewIngestJob(NewJob(), NewKey(text)), Cancellation)).Outcome);
    }

    /// <summary>A repeated request is one request.</summary>
    [Fact]
    public async Task Key_used_again_with_the_same_body_gives_the_first_job_and_stores_nothing()
    {
        var first = NewJob();
        await Jobs.CreateAsync(new NewIngestJob(first, NewKey()), Cancellation);
        await StartRunAsync(first.Uid);
        var second = NewJob();

        var result = await Jobs.CreateAsync(new NewIngestJob(second, NewKey()), Cancellation);

        Assert.Equal(CreateJobOutcome.Repeated, result.Outcome);
        Assert.Equal(first.Uid, result.Job!.Uid);
        AssertSame(first.Files, result.Job.Files);
        Assert.Null(await Jobs.FindAsync(second.Uid, Cancellation));
    }

    /// <summary>A key stands for one body.</summary>
    [Fact]
    public async Task Key_used_again_with_another_body_conflicts_and_stores_nothing()
    {
        await Jobs.CreateAsync(new NewIngestJob(NewJob(), NewKey()), Cancellation);
        var second = NewJob();

        var result = await Jobs.CreateAsync(new NewIngestJob(second, NewKey(hash: "other")), Cancellation);

        Assert.Equal(new CreateJobResult(CreateJobOutcome.KeyConflict, null), result);
        Assert.Null(await Jobs.FindAsync(second.Uid, Cancellation));
    }

    /// <summary>Keys of one client are nothing to another.</summary>
    [Fact]
    public async Task Same_key_of_another_issuer_or_client_or_with_another_case_is_another_key()
    {
        await Jobs.CreateAsync(new NewIngestJob(NewJob(), NewKey()), Cancellation);

        foreach (var key in new[] { NewKey() with { Issuer = "https://other.example" }, NewKey() with { ClientId = "client-2" }, NewKey("KEY") })
        {
            Assert.Equal(CreateJobOutcome.Created, (await Jobs.CreateAsync(new NewIngestJob(NewJob(), key), Cancellation)).Outcome);
        }
    }

    /// <summary>Keys count for a while.</summary>
    [Fact]
    public async Task Key_counts_up_to_its_age_limit_and_no_longer()
    {
        var first = NewJob();
        await Jobs.CreateAsync(new NewIngestJob(first, NewKey()), Cancellation);

        var atTheLimit = await Jobs.CreateAsync(new NewIngestJob(NewJob(), NewKey() with { NotBefore = first.CreatedAt }), Cancellation);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        var second = NewJob();
        var after = await Jobs.CreateAsync(new NewIngestJob(second, NewKey(hash: "other")), Cancellation);
        var again = await Jobs.CreateAsync(new NewIngestJob(NewJob(), NewKey(hash: "other")), Cancellation);

        Assert.Equal((CreateJobOutcome.Repeated, first.Uid), (atTheLimit.Outcome, atTheLimit.Job!.Uid));
        Assert.Equal((CreateJobOutcome.Created, second.Uid), (after.Outcome, after.Job!.Uid));
        Assert.Equal((CreateJobOutcome.Repeated, second.Uid), (again.Outcome, again.Job!.Uid));
    }

    /// <summary>Of many, one stores.</summary>
    [Fact]
    public async Task Concurrent_creates_with_one_key_store_one_job()
    {
        IngestJob[] jobs = [.. Enumerable.Range(0, 8).Select(_ => NewJob())];

        var results = await AtOnceAsync(jobs.Length, index => Jobs.CreateAsync(new NewIngestJob(jobs[index], NewKey()), Cancellation));

        var winner = Assert.Single(results, result => result.Outcome == CreateJobOutcome.Created).Job!.Uid;
        Assert.All(results.Where(result => result.Job!.Uid != winner || result.Outcome != CreateJobOutcome.Created), result => Assert.Equal((CreateJobOutcome.Repeated, winner), (result.Outcome, result.Job!.Uid)));
        Assert.Equal(1, (await Jobs.ListAsync(new IngestJobQuery(["acme"], 0, 10), Cancellation)).Total);
    }
}
