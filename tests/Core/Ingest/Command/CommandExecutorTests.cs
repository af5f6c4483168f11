using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Ingest.Callbacks;
using Switchyard.TestKit;

namespace Switchyard.Ingest.Command;

/// <summary>Runs real bash scripts against a real server.</summary>
public sealed class CommandExecutorTests : IAsyncDisposable
{
    // What every script begins with: get the token, the job and its parts.
    private const string Begin = """
        set -u
        field() { sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/" | sed 's/\\u0026/\&/g'; }
        answer=$(curl -sSf -H "Authorization: Bearer $INIT_TOKEN" "$INIT_JOB_URL") || exit 9
        token=$(echo "$answer" | field token)
        job=$(curl -sSf -H "Authorization: Bearer $token" "$(echo "$answer" | field jobUrl)") || exit 8
        post() { curl -sSf -o /dev/null -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2" "$(echo "$job" | field "$1")"; }

        """;

    private readonly TemporaryFolder _folder = new();
    private CallbackServer? _server;
    private IngestHost? _host;

    [Fact]
    public async Task A_script_downloads_reports_uploads_and_ends_its_run()
    {
        var host = await StartAsync(Begin + """
            lines=$(curl -sSf "$(echo "$job" | field input)" | wc -l)
            post status '{"action":"earthmover_run","status":"begin"}'
            curl -sSf -X PUT --data-binary '{"ok":true}' "$(echo "$job" | field output)"
            post summary "{\"x\":{\"records_processed\":$lines,\"records_skipped\":0,\"records_failed\":0}}"
            echo "read $lines lines of $(echo "$job" | field type)"
            post status '{"action":"done","status":"success"}'
            echo "after done" >&2
            """);
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        var run = await host.RunAsync(runUid);
        Assert.Equal((IngestRunStatus.Success, """{"x":{"records_processed":3,"records_skipped":0,"records_failed":0}}"""), (run.Status, run.Summary));
        Assert.Contains("read 3 lines of SAT\n", run.LogTail, StringComparison.Ordinal);
        Assert.Contains("after done\n", run.LogTail, StringComparison.Ordinal);
        Assert.Equal(["em-results.json", "executor.log"], run.OutputFiles);
        Assert.Equal(run.LogTail, Log(host));
    }

    [Fact]
    public async Task A_script_sees_nothing_of_the_hosts_environment()
    {
        Environment.SetEnvironmentVariable("SWITCHYARD_TEST_CANARY", "canary");
        var host = await StartAsync("env | cut -d= -f1 | sort | tr '\\n' ' '; pwd; cat </dev/stdin | wc -c");
        await host.StartedAsync();

        await host.Kernel.RunOneAsync();

        var words = Log(host).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Superset(words.Where(word => word.All(c => char.IsAsciiLetterUpper(c) || c == '_')).ToHashSet(),
            new HashSet<string> { "HOME", "INIT_JOB_URL", "INIT_TOKEN", "PATH", "PWD", "SHLVL", "TIMEOUT_SECONDS", "_" });
        Assert.Contains(words, word => word.Contains("switchyard-run-", StringComparison.Ordinal));
        Assert.Equal("0", words[^1]);
    }

    [Fact]
    public async Task A_script_that_fails_is_tried_three_times_with_new_tokens_and_then_ends_the_run()
    {
        var host = await StartAsync(Begin + "echo \"$token\" >> " + _folder.Combine("tokens") + "\necho giving up\nexit 3\n");
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        var run = await host.RunAsync(runUid);
        Assert.Equal([new("executor_exited", "The executor ended without reporting that it was done (exit code 3).")], run.Errors);
        Assert.Equal((IngestRunStatus.Error, "giving up\n"), (run.Status, run.LogTail));
        var tokens = await File.ReadAllLinesAsync(_folder.Combine("tokens"), TestContext.Current.CancellationToken);
        Assert.Equal(3, tokens.Distinct().Count());
        Assert.Equal(401, (await host.CallAsync(service => service.ReportStatusAsync(tokens[0], runUid, "done", "success")))!.Status);
    }

    [Fact]
    public async Task A_script_that_hangs_is_killed_with_its_children_at_the_time_limit()
    {
        var pids = _folder.Combine("pids");
        var host = await StartAsync($"sleep 1000 & echo $! >> {pids}\n(trap '' TERM; sleep 1001) & echo $! >> {pids}\necho $$ >> {pids}\nwait\n");
        var runUid = await host.StartedAsync();
        var running = host.Kernel.RunOneAsync();
        await Eventually.HoldsAsync(() => File.Exists(pids) && File.ReadAllLines(pids).Length == 3, "the script has started its children");

        host.Clock.Advance(TimeSpan.FromHours(1));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await running;

        Assert.Equal(["executor_timeout"], (await host.RunAsync(runUid)).Errors.Select(error => error.Code));
        foreach (var pid in await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken))
        {
            await Eventually.HoldsAsync(() => !IsAlive(pid), $"process {pid} is gone");
        }
    }

    [Fact]
    public async Task What_a_command_started_dies_when_its_host_is_gone()
    {
        var pids = _folder.Combine("pids");
        var script = Write($"sleep 1000 & echo $! >> {pids}; echo $$ >> {pids}; wait");
        var variables = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };
        using var process = CommandProcess.Start(CommandProcess.Find("bash")!, [script], variables, _folder);
        await Eventually.HoldsAsync(() => File.Exists(pids) && File.ReadAllLines(pids).Length == 2, "the script has started its child");

        // All that a dead host leaves behind is the closed end of the pipe.
        process.StandardInput.Close();

        foreach (var pid in await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken))
        {
            await Eventually.HoldsAsync(() => !IsAlive(pid), $"process {pid} is gone");
        }
    }

    [Fact]
    public async Task Secrets_that_a_script_prints_are_not_kept()
    {
        var host = await StartAsync(
            Begin + "echo \"$INIT_TOKEN $token $job\"; env; post status '{\"action\":\"done\",\"status\":\"success\"}'",
            options => options.ReadVariable = name => name == "ODS_SECRET" ? "hunter2hunter2" : null);
        Ods ods = new() { Tenant = "acme", SchoolYear = "2526", Url = "https://ods.example.org", ClientSecretVariable = "ODS_SECRET" };
        await host.Services.GetRequiredService<IPartnerDirectory>().UpsertAsync(
            [new() { Code = "acme", Name = "Acme", Tenants = ["acme"], Bundles = ["assessments/PSAT_SAT"], Ods = [ods] }], TestContext.Current.CancellationToken);
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        var run = await host.RunAsync(runUid);
        Assert.Equal(IngestRunStatus.Success, run.Status);
        Assert.Contains("\"secret\":\"[redacted]\"", run.LogTail, StringComparison.Ordinal);
        string[] kept = [run.LogTail!, Log(host), .. host.Logs.Lines];
        Assert.DoesNotContain(kept, text => text.Contains("hunter2", StringComparison.Ordinal));
        Assert.DoesNotContain(kept, text => text.Contains(CallbackTokens.Header, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/nowhere/executor")]
    [InlineData("no-such-program-anywhere --x")]
    public async Task A_command_that_cannot_be_started_ends_the_run_after_its_attempts(string command)
    {
        var host = await StartAsync("", options => options.Command = command);
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        var run = await host.RunAsync(runUid);
        Assert.Equal((IngestRunStatus.Error, 3L), (run.Status, run.Fence));
        Assert.Equal([new("failed_to_start_executor", "The executor could not be started: the command was not found.")], run.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    private static bool IsAlive(string pid)
    {
        try
        {
            // A killed process whose new parent hasn't looked yet is a zombie (Z).
            return !File.ReadAllText($"/proc/{int.Parse(pid, CultureInfo.InvariantCulture)}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Log(IngestHost host) =>
        System.Text.Encoding.UTF8.GetString(host.Blobs.Get(Assert.Single(host.Blobs.Keys, key => key.EndsWith("/output/executor.log", StringComparison.Ordinal)))!);

    private string Write(string script)
    {
        var path = _folder.Combine("executor.sh");
        File.WriteAllText(path, script);
        return path;
    }

    private async Task<IngestHost> StartAsync(string script, Action<IngestOptions>? configure = null)
    {
        Requires.Program("bash", "apt-get install -y bash");
        Requires.Program("curl", "apt-get install -y curl");
        Requires.Program("setsid", "apt-get install -y util-linux");
        _server = await CallbackServer.StartAsync();
        _host = await IngestHost.StartAsync(options =>
        {
            options.Executor = "command";
            options.Command = $"bash '{Write(script)}'";
            options.PublicUrl = _server.Url;
            configure?.Invoke(options);
        });
        _server.Host = _host;
        _host.Blobs.PublicUrl = _server.Url;
        return _host;
    }
}
