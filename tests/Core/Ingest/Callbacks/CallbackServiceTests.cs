using Switchyard.Tokens;

namespace Switchyard.Ingest.Callbacks;

public sealed class CallbackServiceTests
{
    private static readonly ScopeSet Executor = ScopeSet.Parse("execute:jobs");

    [Fact]
    public async Task A_run_is_handed_out_begun_described_reported_and_ended()
    {
        await using var host = await CallbackHostAsync();
        var runUid = await WaitingAsync(host);

        var handed = await HandedAsync(host);
        Assert.Equal((runUid, new Uri($"https://host.example.org/api/earthbeam/auth/{runUid}/init"), TimeSpan.FromHours(1)), (handed.RunUid, handed.InitJobUrl, handed.TimeLimit));
        var begun = Assert.IsType<CallbackInit.Begun>(await host.CallAsync(service => service.InitAsync(handed.InitToken, runUid)));
        Assert.Equal(new Uri($"https://host.example.org/api/earthbeam/jobs/{runUid}"), begun.JobUrl);
        Assert.Equal(IngestRunStatus.Running, (await host.RunAsync(runUid)).Status);

        var described = Assert.IsType<CallbackJobResult.Found>(await host.CallAsync(service => service.GetJobAsync(begun.Token, runUid))).Job;
        Assert.Equal(new Dictionary<string, string> { ["TEST_TYPE"] = "SAT", ["API_YEAR"] = "2026" }, described.InputParams);
        Assert.Equal(new Dictionary<string, string> { ["INPUT_FILE"] = "INPUT_FILE__sat_results.csv" }, described.InputFiles);
        Assert.DoesNotContain("/input/", described.InputUrls["INPUT_FILE"].AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("/output/em-results.json", described.OutputUrls["em-results.json"].AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("assessments/PSAT_SAT", described.BundlePath);
        Assert.Equal(new Uri($"https://host.example.org/api/earthbeam/jobs/{runUid}/unmatched-ids"), described.AppUrls.UnmatchedIds);
        Assert.Equal(new AssessmentDatastore(2026, "https://ods.example.org/2526", null, null), described.AssessmentDatastore);

        host.Blobs.Put($"{described.AppDataBasePath}/output/em-results.json", "{}");
        Assert.Null(await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "earthmover_run", "begin")));
        Assert.Null(await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "earthmover_run", "begin")));
        Assert.Null(await host.CallAsync(service => service.ReportErrorAsync(begun.Token, runUid, "insufficient_matches", """{"match_rate":0.4}""")));
        Assert.Null(await host.CallAsync(service => service.ReportSummaryAsync(begun.Token, runUid, """{"x":1}""")));
        Assert.Null(await host.CallAsync(service => service.ReportUnmatchedIdsAsync(begun.Token, runUid, """{"name":"n"}""")));
        Assert.Null(await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "done", "failure")));
        Assert.Null(await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "done", "failure")));

        var run = await host.RunAsync(runUid);
        Assert.Equal((IngestRunStatus.Error, """{"x":1}""", """{"name":"n"}""", "callback"), (run.Status, run.Summary, run.UnmatchedIds, run.Engine));
        Assert.Equal([new("insufficient_matches", "The executor reported insufficient_matches.", """{"match_rate":0.4}""")], run.Errors);
        Assert.Equal(["em-results.json"], run.OutputFiles);
        var late = await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "done", "success"));
        Assert.Equal((400, "run_ended"), (late!.Status, late.Code));
        Assert.Equal("run_ended", (await host.CallAsync(service => service.ReportSummaryAsync(begun.Token, runUid, "{}")))!.Code);
    }

    [Fact]
    public async Task Tokens_are_refused_in_the_order_of_the_contract()
    {
        await using var host = await CallbackHostAsync();
        var first = await WaitingAsync(host);
        var handed = await HandedAsync(host);
        var second = await WaitingAsync(host);
        var begun = Assert.IsType<CallbackInit.Begun>(await host.CallAsync(service => service.InitAsync(handed.InitToken, first)));
        var nowhere = host.UseAsync<CallbackTokens, string>(tokens => Task.FromResult(tokens.Make(second, CallbackToken.Access, 99)));

        Assert.Equal(401, await InitStatusAsync(host, null, first));
        Assert.Equal(401, await InitStatusAsync(host, begun.Token, first));
        Assert.Equal(403, await InitStatusAsync(host, handed.InitToken, second));
        Assert.Equal(401, await InitStatusAsync(host, handed.InitToken, first));
        Assert.Equal(401, (await host.CallAsync(service => service.ReportStatusAsync(handed.InitToken, first, "a", "b")))!.Status);
        Assert.Equal(403, (await host.CallAsync(service => service.ReportStatusAsync(begun.Token, second, "a", "b")))!.Status);
        Assert.Equal(401, (await host.CallAsync(async service => await service.ReportSummaryAsync(await nowhere, second, "{}")))!.Status);
        var ghost = Guid.NewGuid();
        var token = await host.UseAsync<CallbackTokens, string>(tokens => Task.FromResult(tokens.Make(ghost, CallbackToken.Access, 1)));
        Assert.Equal(404, (await host.CallAsync(service => service.ReportErrorAsync(token, ghost, "x", null)))!.Status);
    }

    [Fact]
    public async Task A_later_attempt_makes_the_tokens_of_an_earlier_one_worthless()
    {
        await using var host = await CallbackHostAsync();
        var runUid = await WaitingAsync(host);
        var handed = await HandedAsync(host);
        var begun = Assert.IsType<CallbackInit.Begun>(await host.CallAsync(service => service.InitAsync(handed.InitToken, runUid)));

        Assert.True(await host.Runs.BeginAttemptAsync(runUid, 2, running: false, TestContext.Current.CancellationToken));

        Assert.Equal(CallbackGuard.BadToken, await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "done", "success")));
        Assert.Equal(401, await InitStatusAsync(host, handed.InitToken, runUid));
        Assert.Equal(IngestRunStatus.Running, (await host.RunAsync(runUid)).Status);
        var again = await HandedAsync(host);
        Assert.IsType<CallbackInit.Begun>(await host.CallAsync(service => service.InitAsync(again.InitToken, runUid)));
    }

    [Fact]
    public async Task A_run_is_handed_out_once_and_again_after_five_minutes_without_a_call()
    {
        await using var host = await CallbackHostAsync();
        var runUid = await WaitingAsync(host);
        var handed = await HandedAsync(host);

        Assert.IsType<HandOutResult.NothingWaits>(await host.CallAsync(service => service.HandOutAsync(Executor)));
        host.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(10));
        var again = await HandedAsync(host);

        Assert.Equal((runUid, true), (again.RunUid, again.TimeLimit < TimeSpan.FromMinutes(55)));
        Assert.Equal(401, await InitStatusAsync(host, handed.InitToken, runUid));
        Assert.IsType<CallbackInit.Begun>(await host.CallAsync(service => service.InitAsync(again.InitToken, runUid)));
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.IsType<HandOutResult.NothingWaits>(await host.CallAsync(service => service.HandOutAsync(Executor)));
    }

    [Fact]
    public async Task Runs_are_handed_out_to_executors_only_and_only_where_they_wait_for_one()
    {
        await using var host = await CallbackHostAsync();
        await WaitingAsync(host);
        var refused = Assert.IsType<HandOutResult.Refused>(await host.CallAsync(service => service.HandOutAsync(ScopeSet.Parse("create:jobs partner:acme"))));
        Assert.Equal((403, "insufficient_scope"), (refused.Refusal.Status, refused.Refusal.Code));

        await using var builtIn = await IngestHost.StartAsync();
        await builtIn.StartedAsync();
        Assert.IsType<HandOutResult.NothingWaits>(await builtIn.CallAsync(service => service.HandOutAsync(Executor)));
    }

    [Fact]
    public async Task A_secret_is_resolved_for_the_executor_and_shown_nowhere_else()
    {
        await using var host = await IngestHost.StartAsync(options =>
        {
            options.Executor = "callback";
            options.ReadVariable = name => name == "ODS_SECRET" ? "hunter2hunter2" : null;
        });
        Ods ods = new() { Tenant = "acme", SchoolYear = "2526", Url = "https://ods.example.org", ClientIdVariable = "ODS_ID", ClientSecretVariable = "ODS_SECRET" };
        await host.UseAsync<IPartnerDirectory, bool>(async directory =>
        {
            await directory.UpsertAsync([new() { Code = "acme", Name = "Acme", Tenants = ["acme"], Bundles = ["assessments/PSAT_SAT"], Ods = [ods] }], TestContext.Current.CancellationToken);
            return true;
        });
        var runUid = await WaitingAsync(host);
        var begun = Assert.IsType<CallbackInit.Begun>(await host.CallAsync(async service => await service.InitAsync((await HandedAsync(host)).InitToken, runUid)));

        var job = Assert.IsType<CallbackJobResult.Found>(await host.CallAsync(service => service.GetJobAsync(begun.Token, runUid))).Job;

        Assert.Equal(("hunter2hunter2", null), (job.AssessmentDatastore.ClientSecret, job.AssessmentDatastore.ClientId));
        Assert.DoesNotContain("hunter2", job.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains(begun.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reports_that_are_too_large_or_blank_are_refused()
    {
        await using var host = await CallbackHostAsync();
        var runUid = await WaitingAsync(host);
        var begun = Assert.IsType<CallbackInit.Begun>(await host.CallAsync(async service => await service.InitAsync((await HandedAsync(host)).InitToken, runUid)));
        var large = new string('x', 300_000);

        IngestRefusal?[] refusals =
        [
            await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "", "begin")),
            await host.CallAsync(service => service.ReportStatusAsync(begun.Token, runUid, "a", large)),
            await host.CallAsync(service => service.ReportErrorAsync(begun.Token, runUid, " ", null)),
            await host.CallAsync(service => service.ReportErrorAsync(begun.Token, runUid, "x", large)),
            await host.CallAsync(service => service.ReportSummaryAsync(begun.Token, runUid, large)),
        ];

        Assert.Equal(["invalid_status", "invalid_status", "invalid_error", "invalid_error", "invalid_report"], refusals.Select(refusal => refusal!.Code));
        var run = await host.RunAsync(runUid);
        Assert.Empty(run.Errors);
        Assert.Null(run.Summary);
    }

    private static Task<IngestHost> CallbackHostAsync() => IngestHost.StartAsync(options => options.Executor = "callback");

    private static async Task<Guid> WaitingAsync(IngestHost host)
    {
        var runUid = await host.StartedAsync();
        await host.Kernel.RunAllAsync();
        return runUid;
    }

    private static async Task<HandOutResult.HandedOut> HandedAsync(IngestHost host) =>
        Assert.IsType<HandOutResult.HandedOut>(await host.CallAsync(service => service.HandOutAsync(Executor)));

    private static async Task<int> InitStatusAsync(IngestHost host, string? token, Guid runUid) =>
        Assert.IsType<CallbackInit.Refused>(await host.CallAsync(service => service.InitAsync(token, runUid))).Refusal.Status;
}
