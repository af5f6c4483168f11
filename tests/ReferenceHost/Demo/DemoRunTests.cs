using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Switchyard.ReferenceHost.Demo;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Demo;

public sealed partial class DemoRunTests : IDisposable
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_demo_loads_its_file_and_reports_what_lies_in_the_database()
    {
        var exitCode = await RunAsync(new DemoOptions { Rows = 2000 });

        var text = _output.ToString();
        Assert.True(exitCode == 0, text);
        var table = Row().Matches(text).ToDictionary(match => match.Groups[1].Value.Trim(), match => match.Groups[2].Value.Trim());
        var folder = _folder.Combine("demo");
        Assert.True(Guid.TryParseExact(table["Job"], "D", out _));
        Assert.Equal(("success", "2,000", "0", "0"), (table["Run status"], table["Records processed"], table["Records skipped"], table["Records failed"]));
        Assert.True(double.Parse(table["Seconds"], CultureInfo.InvariantCulture) > 0);
        Assert.Equal(Path.Combine(folder, "analytics", "acme", "acme.db"), table["Data"]);
        Assert.Equal("2,000", table["Rows in the database"]);
        Assert.Equal(4, text.Split('\n').Count(line => line.Contains("curl ", StringComparison.Ordinal)));
        Assert.Contains("3. Bytes uploaded", text, StringComparison.Ordinal);
        Assert.Contains("4. Rows loaded: 2,000 of 2,000, 100 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_output_is_plain_text_without_a_token()
    {
        await RunAsync(new DemoOptions { Rows = 10 });

        var text = _output.ToString();
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain("eyJ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("signature=", text, StringComparison.Ordinal);
        Assert.All(text, c => Assert.True(c is '\r' or '\n' or (>= ' ' and < '\u007f'), $"'{c}' is not plain"));
    }

    [Fact]
    public async Task The_users_own_file_and_bundle_are_taken()
    {
        var bundle = Directory.CreateDirectory(_folder.Combine("bundles", "assessments", "Mine")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(bundle, "_metadata.yaml"),
            """
            display_name: Mine
            path: assessments/Mine
            input_files:
              - { display_name: Scores, env_var: SCORES, is_required: true, file_type: [csv] }
            input_params:
              - { display_name: Kind, env_var: KIND, is_required: true, allowed_values: [a, b] }
            """,
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.Combine("scores.csv"), "id,score\n1,10\n\n2,20\nragged\n3,30", TestContext.Current.CancellationToken);

        var exitCode = await RunAsync(new DemoOptions
        {
            Bundle = "assessments/Mine",
            Files = new Dictionary<string, string> { ["SCORES"] = _folder.Combine("scores.csv") },
            Params = new Dictionary<string, string> { ["KIND"] = "b" },
        });

        var text = _output.ToString();
        Assert.True(exitCode == 0, text);
        var table = Row().Matches(text).ToDictionary(match => match.Groups[1].Value.Trim(), match => match.Groups[2].Value.Trim());
        Assert.Equal(("success", "1", "1", "3"), (table["Run status"], table["Records skipped"], table["Records failed"], table["Rows in the database"]));
    }

    [Fact]
    public async Task A_running_host_can_be_used_instead()
    {
        await using var host = await RunningHost.StartAsync();

        var exitCode = await RunAsync(new DemoOptions { Rows = 100, Url = new Uri(host.Url) });

        var text = _output.ToString();
        Assert.True(exitCode == 0, text);
        Assert.Contains($"on the host at {host.Url}", text, StringComparison.Ordinal);
        Assert.Contains($"curl -s {host.Url}/api/v1/jobs ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printed_commands_do_the_same_when_they_are_pasted()
    {
        Requires.Program("curl", "apt-get install -y curl");
        var bash = Requires.Program("bash", "apt-get install -y bash");
        await using var host = await RunningHost.StartAsync();
        await RunAsync(new DemoOptions { Rows = 100, Url = new Uri(host.Url) });
        var commands = _output.ToString().Split('\n').Where(line => line.Contains("curl ", StringComparison.Ordinal)).ToList();

        // What a person would do next: look at the job, with the variables that the commands left.
        commands.Add($"for i in $(seq 100); do curl -s {host.Url}/api/v1/jobs -H \"Authorization: Bearer $TOKEN\" > jobs.json; grep -o '\"status\":\"success\"' jobs.json | wc -l | grep -q 2 && exit 0; sleep 0.1; done; cat jobs.json; exit 1");
        var start = new ProcessStartInfo(bash, ["-c", string.Join('\n', commands)]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var shown = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await shown);
    }

    [Fact]
    public async Task A_parameter_that_the_bundle_refuses_ends_the_demo_with_its_words()
    {
        var exitCode = await RunAsync(new DemoOptions { Rows = 10, Params = new Dictionary<string, string> { ["TEST_TYPE"] = "GRE" } });

        var text = _output.ToString();
        Assert.Equal(1, exitCode);
        Assert.Contains("The demo failed. Step 2, creating the job, was answered 400: ", text, StringComparison.Ordinal);
        Assert.Contains("TEST_TYPE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_there_and_a_file_that_is_not_there_are_told_in_one_line()
    {
        var unreachable = await RunAsync(new DemoOptions { Rows = 10, Url = new Uri("http://127.0.0.1:9") });
        var missing = await RunAsync(new DemoOptions { Files = new Dictionary<string, string> { ["INPUT_FILE"] = "/no/such.csv" } });

        Assert.Equal((1, 1), (unreachable, missing));
        Assert.Contains("The demo failed. Step 1, the token, got no answer from http://127.0.0.1:9/: ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The demo failed. There is no file '/no/such.csv'.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_demo_stops_with_130()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Equal(130, await RunAsync(new DemoOptions { Rows = 10 }, stop.Token));
        Assert.EndsWith("Interrupted." + Environment.NewLine, _output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }

    private Task<int> RunAsync(DemoOptions options, CancellationToken? cancellationToken = null)
    {
        string? Variable(string name) => name == "BUNDLES_PATH" && Directory.Exists(_folder.Combine("bundles")) ? _folder.Combine("bundles") : null;
        var run = new DemoRun(new DemoDisplay(DemoDisplay.Open(_output, piped: true)), TimeProvider.System, Variable);
        return run.RunAsync(options with { Folder = _folder.Combine("demo") }, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^\| ([^|]+)\| ([^|]+)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
