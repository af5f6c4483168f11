using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Serves until the process is told to stop.</summary>
internal static class HostRun
{
    /// <summary>Serves.</summary>
    /// <returns>0 after an orderly stop, 1 when the host couldn't start for a reason that its operator can mend.</returns>
    public static async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Program.Build(HostSettingsReader.Read(Environment.GetEnvironmentVariable), HostLogging.Configure);
            await Program.StartAsync(app, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was starting: as orderly as any stop.
            return 0;
        }
        catch (Exception failure) when (StartupFailure.Explain(failure) is { } lines)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, lines));
            return 1;
        }
    }
}
