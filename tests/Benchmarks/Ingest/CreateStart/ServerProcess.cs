using System.Diagnostics;

namespace Switchyard.Benchmarks.Ingest.CreateStart;

/// <summary>A server under measurement: a process of its own, killed at the end.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("A server ended before it listened."));
        process.OutputDataReceived += (_, line) => Take(line.Data);
    }

    /// <summary>Starts a program of .NET, and waits until it listens. All get the same settings of the runtime.</summary>
    public static async Task<(ServerProcess Server, Uri Address)> StartAsync(string assembly, string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. args]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "20"; // hexadecimal, as all of these
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(new Process { StartInfo = start });
        try
        {
            server._process.Start();
            server._process.BeginOutputReadLine();
            return (server, await server._address.Task.WaitAsync(Patience));
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}
