using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Switchyard.Benchmarks.Jobs;

namespace Switchyard.Benchmarks.Scheduling;

/// <summary>Receivers, in a process of their own: a bare Kestrel that reads a body and answers 204, on some of its ports never.</summary>
internal static class ReceiverProgram
{
    /// <summary>What this program is told so as to receive; it is on no list.</summary>
    public const string Verb = "webhook-receiver";

    private static readonly ConcurrentQueue<double> Milliseconds = [];

    /// <summary>Serves until it is killed. Arguments: how many ports answer, and how many don't. A GET gives the figures since the last.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (good, hanging) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. Enumerable.Repeat("http://127.0.0.1:0", good + hanging)]);
        await using var app = builder.Build();
        var mute = new HashSet<int>();
        app.Run(context => HttpMethods.IsGet(context.Request.Method) ? FiguresAsync(context) : ReceiveAsync(context, mute));
        await app.StartAsync();
        var ports = app.Urls.Select(url => new Uri(url).Port).ToArray();
        mute.UnionWith(ports.Skip(good));
        Console.WriteLine($"ports\t{string.Join('\t', ports)}");

        // Ends with whoever started it.
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        return 0;
    }

    private static async Task ReceiveAsync(HttpContext context, HashSet<int> mute)
    {
        if (mute.Contains(context.Connection.LocalPort))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        var now = TimeProvider.System.GetUtcNow();
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Milliseconds.Enqueue((now - body.RootElement.GetProperty("at").GetDateTimeOffset()).TotalMilliseconds);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task FiguresAsync(HttpContext context)
    {
        var taken = new List<double>();
        while (Milliseconds.TryDequeue(out var one))
        {
            taken.Add(one);
        }

        var (median, tail) = taken.Count == 0 ? (0, 0) : (Report.Median(taken), Report.Percentile(taken, 0.99));
        return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{taken.Count}\t{median}\t{tail}"));
    }
}
