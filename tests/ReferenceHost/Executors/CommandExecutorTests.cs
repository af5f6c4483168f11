using System.Text.Json;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Executors;

/// <summary>A real script as the host's command executor, over real HTTP.</summary>
public sealed class CommandExecutorTests(CommandHost fixture) : IClassFixture<CommandHost>
{
    private readonly ExecutorHost _host = fixture.Host;

    [Fact]
    public async Task Script_downloads_reports_uploads_and_ends_its_run()
    {
        var uid = await _host.StartJobAsync("good");

        var run = await _host.Client.EndedRunAsync(uid);

        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal("command", run.GetProperty("engine").GetString());
        Assert.Equal("""{"studentAssessments":{"records_processed":3,"records_skipped":0,"records_failed":1}}""", run.GetProperty("summary").GetRawText());
        Assert.Equal(0, run.GetProperty("errors").GetArrayLength());
        Assert.Equal("ID,SCORE\n1,1100\n2,1210\n", await File.ReadAllTextAsync(Path.Combine(_host.Notes, "input.csv"), TestContext.Current.CancellationToken));
        Assert.Equal("""["em-results.json","executor.log"]""", _host.RunColumn(uid, "output_files"));
        Assert.Contains("""{"lines":3}""", _host.Objects());
        await Eventually.HoldsAsync(() => _host.RunColumn(uid, "log_tail") == "run in mode good\n", "the script's words are kept on the run");
        await Eventually.HoldsAsync(() => _host.Objects().Contains("run in mode good\n"), "the script's words are kept as output/executor.log");
        await AssertTokensAreSpentAsync();
    }

    [Fact]
    public async Task Script_that_fails_is_tried_three_times_and_then_ends_the_run()
    {
        var uid = await _host.StartJobAsync("fail");

        var run = await _host.Client.EndedRunAsync(uid);

        Assert.Equal("error", run.GetProperty("status").GetString());
        Assert.Equal(
            """[{"code":"executor_exited","message":"The executor ended without reporting that it was done (exit code 1)."}]""",
            run.GetProperty("errors").GetRawText());
        Assert.Equal("run in mode fail\ncannot go on\n", Sorted(_host.RunColumn(uid, "log_tail")));
        var tokens = _host.Noted("fail.access");
        Assert.Equal((3, 3), (tokens.Length, tokens.Distinct().Count()));
        foreach (var token in tokens[..2])
        {
            Assert.Equal((401, Callbacks.InvalidToken), await Callbacks.ReportDoneAsync(_host.Http, JobOf("fail"), token));
        }
    }

    [Fact]
    public async Task Secrets_that_a_script_prints_are_not_kept_anywhere()
    {
        var uid = await _host.StartJobAsync("leak");

        var run = await _host.Client.EndedRunAsync(uid);
        await Eventually.HoldsAsync(() => _host.Objects().Any(text => text.Contains("run in mode leak", StringComparison.Ordinal) && text.Contains("[redacted]", StringComparison.Ordinal)), "the output is kept");

        Assert.Equal("error", run.GetProperty("status").GetString());
        Assert.Equal("""[{"code":"earthmover_run","message":"The executor reported earthmover_run."}]""", run.GetProperty("errors").GetRawText());
        var job = JobOf("leak");
        Assert.Contains(ExecutorHost.OdsSecret, job, StringComparison.Ordinal);
        string[] secrets = [_host.Noted("leak.init")[0], _host.Noted("leak.access")[0], ExecutorHost.OdsSecret, .. Signatures(job)];
        string[] kept = [_host.RunColumn(uid, "log_tail")!, _host.Output, .. _host.Objects(), (await _host.Client.JobAsync(uid)).GetRawText()];
        Assert.Equal(9, secrets.Length);
        Assert.All(kept, text => Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal)));
    }

    private async Task AssertTokensAreSpentAsync()
    {
        var (init, access, url) = (_host.Noted("good.init")[0], _host.Noted("good.access")[0], _host.Noted("good.url")[0]);
        var otherRun = url.Replace(RunOf(url), Guid.NewGuid().ToString(), StringComparison.Ordinal);
        var otherJob = JobOf("good").Replace(RunOf(url), Guid.NewGuid().ToString(), StringComparison.Ordinal);

        Assert.Equal((401, Callbacks.UsedToken), await Callbacks.InitAsync(_host.Http, url, init));
        Assert.Equal((403, Callbacks.WrongRun), await Callbacks.InitAsync(_host.Http, otherRun, init));
        Assert.Equal((401, Callbacks.InvalidToken), await Callbacks.InitAsync(_host.Http, url, access));
        Assert.Equal((403, Callbacks.WrongRun), await Callbacks.ReportDoneAsync(_host.Http, otherJob, access));
        Assert.Equal((401, Callbacks.InvalidToken), await Callbacks.ReportDoneAsync(_host.Http, JobOf("good"), init));
        Assert.Equal((201, ""), await Callbacks.ReportDoneAsync(_host.Http, JobOf("good"), access));
    }

    private static string RunOf(string initUrl) => initUrl.Split('/')[^2];

    private string JobOf(string mode) => File.ReadAllText(Path.Combine(_host.Notes, mode + ".job"));

    // The two streams are pumped side by side.
    private static string Sorted(string? log) => string.Concat((log ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).OrderDescending(StringComparer.Ordinal).Select(line => line + "\n"));

    private static IEnumerable<string> Signatures(string job)
    {
        using var document = JsonDocument.Parse(job);
        return [.. new[] { "inputUrls", "outputUrls" }
            .SelectMany(urls => document.RootElement.GetProperty(urls).EnumerateObject())
            .Select(url => new Uri(url.Value.GetString()!).Query.Split("signature=")[1].Split('&')[0])];
    }
}
