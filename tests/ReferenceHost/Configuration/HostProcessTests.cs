using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Configuration;

/// <summary>What only a process of its own shows: exit codes, and what is written where.</summary>
public sealed class HostProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_malformed_variable_ends_the_process_with_its_line_and_no_stack_trace()
    {
        var (exitCode, output, error) = await RunAsync([], ("LEASE_SECONDS", "x"), ("MASTER_KEY", "hunter2"));

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(
            [
                "MASTER_KEY is not 32 bytes in base64; example: MASTER_KEY=$(openssl rand -base64 32)",
                "LEASE_SECONDS 'x' is not a whole number from 1 to 3600; example: LEASE_SECONDS=30",
            ],
            error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, _, error) = await RunAsync([], ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"));

        var line = Assert.Single(error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("ASPNETCORE_URLS names an address that is in use (", line, StringComparison.Ordinal);
        Assert.EndsWith("; example: ASPNETCORE_URLS=http://localhost:8081", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_partners_file_is_told_in_one_line()
    {
        await File.WriteAllTextAsync(_folder.Combine("p.yml"), "partners: [{ code: 'a b' }]", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await RunAsync([], ("PARTNERS_FILE", _folder.Combine("p.yml")), ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        var line = Assert.Single(error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"PARTNERS_FILE names a file that is malformed: {_folder.Combine("p.yml")}: partners[0]", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_can_not_be_reached_is_told_without_its_password()
    {
        var (exitCode, output, error) = await RunAsync([], ("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:9/db"), ("ASPNETCORE_ENVIRONMENT", "Development"));

        Assert.Equal(1, exitCode);
        Assert.Equal("DATABASE_URL names a database that can't be used: Failed to connect to 127.0.0.1:9; example: DATABASE_URL=postgres://user:password@localhost:5432/switchyard", error.Trim());
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rows", "0", "--rows takes a number from 1 to 10000000")]
    [InlineData("--param", "TEST_TYPE", "--param takes KEY=VALUE")]
    [InlineData("--bundle", "../x", "--bundle is malformed; example: --bundle assessments/PSAT_SAT")]
    [InlineData("--partner", "a b", "--partner is malformed; example: --partner acme")]
    [InlineData("--school-year", "2025-26", "--school-year is malformed; example: --school-year 2526")]
    public async Task A_malformed_option_of_the_demo_is_refused(string option, string value, string expected)
    {
        var (exitCode, output, error) = await RunAsync(["demo", option, value]);

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, error + output, StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_settings_say_nothing_but_the_default_environment()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Packages.sln")))
        {
            folder = folder.Parent;
        }

        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "samples", "ReferenceHost", "Properties", "launchSettings.json")))!;
        var profile = Assert.Single(json["profiles"]!.AsObject()).Value!.AsObject();
        Assert.Equal(["commandName", "launchBrowser", "environmentVariables"], profile.Select(member => member.Key));
        Assert.Equal("""{"SWITCHYARD_DEFAULT_ENVIRONMENT":"Development"}""", profile["environmentVariables"]!.ToJsonString());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ReferenceHost.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill();
        }
    }
}
