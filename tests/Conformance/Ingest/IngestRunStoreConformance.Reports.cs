using Switchyard.Ingest;
using Xunit;

namespace Switchyard.Conformance.Ingest;

public abstract partial class IngestRunStoreConformance
{
    private static readonly RunReport[] Reports =
    [
        new RunReport.Status("earthmover_run", "begin"),
        new RunReport.Failure(new IngestRunError("code", "message", """{"a":1}""")),
        new RunReport.Summary("""{"students":{"records_processed":1}}"""),
        new RunReport.UnmatchedIds("[1,2]"),
        new RunReport.Log("the last words"),
    ];

    /// <summary>Every kind of report is kept.</summary>
    [Fact]
    public async Task Reports_under_the_fence_are_stored()
    {
        var uid = await BeginAsync(fence: 3);
        var before = await GetRunAsync(uid);

        foreach (var report in Reports)
        {
            Assert.True(await Runs.ReportAsync(uid, 3, report, Cancellation));
        }

        AssertSame(
            before with
            {
                Errors = [new IngestRunError("code", "message", """{"a":1}""")],
                Summary = """{"students":{"records_processed":1}}""",
                UnmatchedIds = "[1,2]",
                LogTail = "the last words",
            },
            await GetRunAsync(uid));
    }

    /// <summary>Counts replace, errors add up.</summary>
    [Fact]
    public async Task Later_reports_replace_what_they_replace_and_errors_keep_their_order()
    {
        var uid = await BeginAsync(fence: 3);
        for (var i = 0; i < 5; i++)
        {
            await Runs.ReportAsync(uid, 3, new RunReport.Failure(new IngestRunError($"e{i}", "m")), Cancellation);
            await Runs.ReportAsync(uid, 3, new RunReport.Summary($"[{i}]"), Cancellation);
            await Runs.ReportAsync(uid, 3, new RunReport.UnmatchedIds($"[{i}]"), Cancellation);
            await Runs.ReportAsync(uid, 3, new RunReport.Log($"{i}"), Cancellation);
        }

        var run = await GetRunAsync(uid);
        Assert.Equal(("[4]", "[4]", "4"), (run.Summary, run.UnmatchedIds, run.LogTail));
        Assert.Equal(["e0", "e1", "e2", "e3", "e4"], run.Errors.Select(error => error.Code));
    }

    /// <summary>A repeated status is no error.</summary>
    [Fact]
    public async Task Status_that_was_reported_before_is_good_again_also_at_once()
    {
        var uid = await BeginAsync(fence: 3);
        var status = new RunReport.Status("earthmover_run", "success");

        Assert.All(await AtOnceAsync(6, _ => Runs.ReportAsync(uid, 3, status, Cancellation)), Assert.True);
        Assert.True(await Runs.ReportAsync(uid, 3, status, Cancellation));
    }

    /// <summary>A zombie writes nothing.</summary>
    [Fact]
    public async Task Reports_under_another_fence_or_of_an_unknown_run_write_nothing()
    {
        var uid = await BeginAsync(fence: 3);
        var before = await GetRunAsync(uid);

        foreach (var report in Reports)
        {
            Assert.False(await Runs.ReportAsync(uid, 2, report, Cancellation));
            Assert.False(await Runs.ReportAsync(uid, 4, report, Cancellation));
            Assert.False(await Runs.ReportAsync(Guid.NewGuid(), 3, report, Cancellation));
        }

        AssertSame(before, await GetRunAsync(uid));
    }

    /// <summary>After the end only the log.</summary>
    [Fact]
    public async Task Ended_run_takes_the_log_under_its_fence_and_nothing_else()
    {
        var uid = await BeginAsync(fence: 3);
        await Runs.FinishAsync(End(uid, fence: 3), Cancellation);
        var ended = await GetRunAsync(uid);

        foreach (var report in Reports)
        {
            Assert.Equal(report is RunReport.Log, await Runs.ReportAsync(uid, 3, report, Cancellation));
            Assert.False(await Runs.ReportAsync(uid, 2, report, Cancellation));
        }

        AssertSame(ended with { LogTail = "the last words" }, await GetRunAsync(uid));
    }

    /// <summary>Texts that a database may not take never make a call fail.</summary>
    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\ud800b")]
    public async Task Report_that_can_not_be_encoded_does_not_fail_the_call(string text)
    {
        var uid = await BeginAsync(fence: 3);
        RunReport[] reports =
        [
            new RunReport.Status(text, text), new RunReport.Failure(new IngestRunError(text, text, text)), new RunReport.Summary(text),
            new RunReport.UnmatchedIds(text), new RunReport.Log(text),
        ];

        foreach (var report in reports)
        {
            Assert.True(await Runs.ReportAsync(uid, 3, report, Cancellation));
        }

        Assert.True(await Runs.FinishAsync(End(uid) with { Engine = text, Summary = text, LogTail = text, Errors = [new IngestRunError(text, text)], OutputFiles = [text] }, Cancellation));
        Assert.Equal(2, (await GetRunAsync(uid)).Errors.Count);
    }

    private async Task<Guid> BeginAsync(long fence)
    {
        var uid = await StartRunAsync();
        Assert.True(await Runs.BeginAttemptAsync(uid, fence, running: true, Cancellation));
        return uid;
    }
}
