using Switchyard.Ingest;
using Xunit;

namespace Switchyard.Conformance.Ingest;

public abstract partial class IngestJobStoreConformance
{
    /// <summary>Newest first, then by identifier; pages tile the list.</summary>
    [Fact]
    public async Task List_gives_jobs_newest_first_then_by_identifier_in_pages_that_tile()
    {
        var jobs = new List<IngestJob>();
        for (var i = 0; i < 6; i++)
        {
            jobs.Add(await CreateJobAsync());
            await Fixture.AdvanceAsync(i % 2 == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1));
        }

        var expected = jobs.OrderByDescending(job => job.CreatedAt).ThenBy(job => job.Uid.ToString("D"), StringComparer.Ordinal).ToArray();
        var first = await Jobs.ListAsync(new IngestJobQuery(["acme"], 0, 4), Cancellation);
        var second = await Jobs.ListAsync(new IngestJobQuery(["acme"], 4, 4), Cancellation);
        var beyond = await Jobs.ListAsync(new IngestJobQuery(["acme"], 6, 4), Cancellation);

        AssertSame(expected, [.. first.Jobs, .. second.Jobs]);
        Assert.Equal([4, 2, 0], new[] { first, second, beyond }.Select(page => page.Jobs.Count));
        Assert.Equal([6L, 6L, 6L], new[] { first, second, beyond }.Select(page => page.Total));
    }

    /// <summary>Only what was asked for.</summary>
    [Fact]
    public async Task List_gives_only_the_partners_that_were_asked_for()
    {
        var acme = await CreateJobAsync(NewJob("acme"));
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        var upper = await CreateJobAsync(NewJob("ACME"));
        await CreateJobAsync(NewJob("other"));

        var both = await Jobs.ListAsync(new IngestJobQuery(["acme", "ACME", "none"], 0, 10), Cancellation);
        var none = await Jobs.ListAsync(new IngestJobQuery([], 0, 10), Cancellation);

        Assert.Equal([upper.Uid, acme.Uid], both.Jobs.Select(job => job.Uid));
        Assert.Equal((2L, 0L, 0), (both.Total, none.Total, none.Jobs.Count));
    }

    /// <summary>A list shows how the last run went.</summary>
    [Fact]
    public async Task List_gives_each_job_its_last_run_alone()
    {
        var job = await CreateJobAsync();
        var first = await StartRunAsync(job.Uid);
        await Runs.FinishAsync(End(first, success: false) with { Errors = [new IngestRunError("a", "A")] }, Cancellation);
        var second = await StartRunAsync(job.Uid);
        await Runs.FinishAsync(End(second, success: false) with { Errors = [new IngestRunError("b", "B"), new IngestRunError("c", "C")] }, Cancellation);
        var unstarted = await CreateJobAsync();

        var page = await Jobs.ListAsync(new IngestJobQuery(["acme"], 0, 10), Cancellation);

        var last = Assert.Single(page.Jobs.Single(listed => listed.Uid == job.Uid).Runs);
        AssertSame(await GetRunAsync(second), last);
        Assert.Equal(["b", "c"], last.Errors.Select(error => error.Code));
        Assert.Empty(page.Jobs.Single(listed => listed.Uid == unstarted.Uid).Runs);
    }
}
