using System.Diagnostics;
using System.Text.RegularExpressions;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>The documented examples as their users run them, in their own languages, against the host.</summary>
public sealed partial class ExampleTests(DevelopmentHost fixture) : IClassFixture<DevelopmentHost>
{
    private static readonly string Folder = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "ReferenceHost", "Scheduling", "Examples"));

    [Fact]
    public async Task The_Python_example_runs()
    {
        // Debian's own interpreter is the one that has Debian's packages.
        var python = Requires.Program("python3", "apt-get install -y python3 python3-httpx", "/usr/bin");
        Requires.That(await ExitCodeAsync(python, "-c", "import httpx") == 0, "httpx", "apt-get install -y python3-httpx");

        Check(await RunAsync(python, Path.Combine(Folder, "example.py")), "Found 0 executions");
    }

    [Fact]
    public async Task The_JavaScript_example_runs()
    {
        var node = Requires.Program("node", "apt-get install -y nodejs");

        Check(await RunAsync(node, Path.Combine(Folder, "example.mjs")), "Found 0 executions");
    }

    [Fact]
    public async Task The_cURL_example_runs()
    {
        Requires.Program("curl", "apt-get install -y curl");
        Requires.Program("jq", "apt-get install -y jq");

        Check(await RunAsync(Requires.Program("bash", "apt-get install -y bash"), Path.Combine(Folder, "example.sh")), "\"total\": 0");
    }

    private static void Check(string output, string last)
    {
        Assert.Matches(CreatedJob(), output);
        Assert.Matches(CreatedWebhook(), output);
        Assert.Contains(last, output, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string program, string script)
    {
        var start = Start(program, script);
        start.Environment["BASE_URL"] = fixture.Host.Url;
        start.Environment["TOKEN"] = (await SchedulerClient.OfAsync(fixture.Host.Http, "example")).Token!;
        start.Environment["ACCOUNT_ID"] = SchedulerClient.Account;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{await output}\n{await errors}");
        return await output;
    }

    private static async Task<int> ExitCodeAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Start(program, arguments))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    private static ProcessStartInfo Start(string program, params string[] arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

    [GeneratedRegex("Created job: [0-9a-f-]{36}")]
    private static partial Regex CreatedJob();

    [GeneratedRegex("Created webhook: [0-9a-f-]{36}")]
    private static partial Regex CreatedWebhook();
}
