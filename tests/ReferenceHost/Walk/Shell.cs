using System.Diagnostics;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>Runs shell lines as a user types them.</summary>
internal static class Shell
{
    /// <summary>Runs a script in a folder and gives what it printed on standard output; fails with its errors when it fails.</summary>
    public static async Task<string> RunAsync(string folder, string script)
    {
        var bash = Requires.Program("bash", "apt-get install -y bash");
        Requires.Program("curl", "apt-get install -y curl");
        using var process = Process.Start(new ProcessStartInfo(bash, ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{await output}\n{await errors}");
        return (await output).Trim();
    }
}
