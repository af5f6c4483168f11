using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Hosting;

namespace Switchyard.Benchmarks.Scheduling;

/// <summary>Delivers, in a process of its own: by a host of ours, or by the bare loop that it is compared with.</summary>
internal static class DeliveryProgram
{
    /// <summary>What this program is told so as to deliver; it is on no list.</summary>
    public const string Verb = "webhook-worker";

    private const int ConnectionsPerHost = 8; // the outbound guard's default
    private const int Concurrency = 512; // SchedulingOptions.DeliveryConcurrency's default

    /// <summary>Obeys until its input ends, so that it doesn't outlive whoever started it.</summary>
    public static async Task<int> RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            switch (line.Split('\t'))
            {
                case ["work", var connectionString, var keys]:
                    await WorkAsync(connectionString, keys);
                    break;
                case ["bare", var url, var body, var requests]:
                    await BareAsync(new Uri(url), body, int.Parse(requests, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new ArgumentException($"'{line}' is neither work nor bare.");
            }
        }

        return 0;
    }

    // From the start of the host, connections and all; building the container comes before it.
    private static async Task WorkAsync(string connectionString, string keys)
    {
        using var host = DeliveryHost.Create(connectionString, keys, works: true);
        var before = Used;
        Say($"started\t{TimeProvider.System.GetTimestamp()}");
        await host.StartAsync();
        while (await Console.In.ReadLineAsync() is not (null or "stop"))
        {
        }

        var used = Used - before;
        await host.StopAsync();
        Say($"stopped\t{used.TotalMicroseconds}");
    }

    private static async Task BareAsync(Uri url, string body, int requests)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxConnectionsPerServer = ConnectionsPerHost, ActivityHeadersPropagator = null,
        };
        using var client = new HttpClient(handler);
        var (before, started, left) = (Used, TimeProvider.System.GetTimestamp(), requests);
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
                using var answer = await client.PostAsync(url, content);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
            }
        })));
        Say($"done\t{requests / TimeProvider.System.GetElapsedTime(started).TotalSeconds}\t{(Used - before).TotalMicroseconds / requests}");
    }

    private static TimeSpan Used
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
