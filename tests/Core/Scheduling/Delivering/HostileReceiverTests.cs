using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Switchyard.Scheduling.Receivers;
using Switchyard.TestKit;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Receivers that are slow, dead, huge or mad: an attempt ends with the right status, in bounded time and memory.</summary>
public sealed class HostileReceiverTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private static CancellationToken Token => SchedulingHost.Token;

    [Theory]
    [InlineData("I speak no HTTP\r\n\r\n", "The answer was not valid HTTP.")]
    [InlineData("", "The connection ended before the answer was complete.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "The connection ended before the answer was complete.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", "The connection ended before the answer was complete.")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "The answer was not valid HTTP.")]
    public async Task Broken_answer_is_a_failure_that_is_tried_again(string answer, string error)
    {
        await using var receiver = RawReceiver.Say(answer);
        await using var host = await SchedulingHost.StartAsync();

        var rows = await DeliverAsync(host, receiver.Url);

        Assert.Equal((ExecutionStatus.Failure, error), (rows[0].Status, rows[0].Error));
        Assert.Equal(ExecutionStatus.Queued, rows[1].Status);
    }

    [Fact]
    public async Task Reset_is_a_failure()
    {
        await using var receiver = RawReceiver.Start((stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });
        await using var host = await SchedulingHost.StartAsync();

        var rows = await DeliverAsync(host, receiver.Url);

        Assert.Equal((ExecutionStatus.Failure, "No connection could be made, or it broke: it was reset."), (rows[0].Status, rows[0].Error));
    }

    [Fact]
    public async Task Nobody_listening_is_a_failure()
    {
        string url;
        await using (var receiver = RawReceiver.Say(""))
        {
            url = receiver.Url;
        }

        await using var host = await SchedulingHost.StartAsync();
        var rows = await DeliverAsync(host, url);

        Assert.Equal((ExecutionStatus.Failure, "No connection could be made, or it broke: it was refused."), (rows[0].Status, rows[0].Error));
    }

    [Fact]
    public async Task Host_without_a_name_is_a_failure()
    {
        await using var host = await SchedulingHost.StartAsync();

        var rows = await DeliverAsync(host, "http://nobody.invalid/");

        Assert.Equal((ExecutionStatus.Failure, "The name of the host could not be resolved."), (rows[0].Status, rows[0].Error));
    }

    [Fact]
    public async Task Certificate_that_nobody_vouches_for_is_a_failure()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var receiver = await KestrelReceiver.StartAsync(certificate);
        await using var host = await SchedulingHost.StartAsync();

        var rows = await DeliverAsync(host, receiver.Url);

        Assert.StartsWith("https://", receiver.Url, StringComparison.Ordinal);
        Assert.Equal(ExecutionStatus.Failure, rows[0].Status);
        Assert.StartsWith("No secure connection could be made", rows[0].Error, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(Ok, null)]
    [InlineData(Ok + "Content-Length: 10\r\n\r\nabc", "abc")]
    public async Task Slow_receiver_times_out_whatever_it_has_said_by_then(string begun, string? body)
    {
        await using var receiver = RawReceiver.Start(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(begun), token);
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        });
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, request => request with { Timeout = TimeSpan.FromSeconds(7) });

        await TimeOutAsync(host, schedule, receiver, body?.Length ?? 0);

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal((ExecutionStatus.TimedOut, "The receiver took longer than 7 seconds."), (rows[0].Status, rows[0].Error));
        Assert.Equal(body, rows[0].Answer?.Body);
        Assert.Equal(body is null ? null : 200, rows[0].Answer?.StatusCode);
        Assert.Equal(ExecutionStatus.Queued, rows[1].Status);
    }

    [Fact]
    public async Task Body_that_trickles_times_out_over_the_whole_exchange()
    {
        await using var receiver = RawReceiver.Start(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok + "\r\n"), token);
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), token);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, token);
            }
        });
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, request => request with { Timeout = TimeSpan.FromSeconds(5) });
        await host.FireAsync(schedule.Id);
        var job = await host.Kernel.ClaimAsync();

        var running = host.Kernel.RunAsync(job!);
        await Eventually.HoldsAsync(() => host.Guard.BytesRead > 5, "some bytes were read");
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await running;

        var row = (await host.ExecutionsAsync(schedule.Id))[0];
        Assert.Equal((ExecutionStatus.TimedOut, 200), (row.Status, row.Answer!.StatusCode));
        Assert.Matches("^x+$", row.Answer.Body);
    }

    [Fact]
    public async Task Endless_body_is_read_up_to_what_is_kept_and_is_a_success()
    {
        long written = 0;
        await using var receiver = RawReceiver.Start(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok + "\r\n"), token);
            var chunk = Encoding.ASCII.GetBytes(new string('y', 8192));
            while (true)
            {
                await stream.WriteAsync(chunk, token);
                Interlocked.Add(ref written, chunk.Length);
            }
        });
        await using var host = await SchedulingHost.StartAsync();

        var row = Assert.Single(await DeliverAsync(host, receiver.Url));

        Assert.Equal(ExecutionStatus.Success, row.Status);
        Assert.Equal(new string('y', 64 * 1024), row.Answer!.Body);
        Assert.InRange(Interlocked.Read(ref written), 64 * 1024, 64L * 1024 * 1024);
    }

    [Fact]
    public async Task Body_is_cut_between_characters()
    {
        var body = string.Concat(Enumerable.Repeat("€", 30_000));
        await using var receiver = RawReceiver.Start((stream, token) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes(Ok + "Connection: close\r\n\r\n" + body), token).AsTask());
        await using var host = await SchedulingHost.StartAsync();

        var row = Assert.Single(await DeliverAsync(host, receiver.Url));

        Assert.Equal(new string('€', 64 * 1024 / 3), row.Answer!.Body);
    }

    [Fact]
    public async Task Bytes_that_no_database_holds_are_replaced()
    {
        await using var receiver = RawReceiver.Start((stream, token) =>
            stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(Ok + "Connection: close\r\n\r\na"), 0, 0xff, (byte)'b'], token).AsTask());
        await using var host = await SchedulingHost.StartAsync();

        Assert.Equal("a\ufffd\ufffdb", Assert.Single(await DeliverAsync(host, receiver.Url)).Answer!.Body);
    }

    [Fact]
    public async Task Many_headers_are_kept_up_to_16_KiB_of_JSON()
    {
        var headers = string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: {new string('v', 250)}\r\n"));
        await using var receiver = RawReceiver.Say(Ok + headers + "Connection: close\r\n\r\n");
        await using var host = await SchedulingHost.StartAsync();

        var kept = Assert.Single(await DeliverAsync(host, receiver.Url)).Answer!.Headers!;

        Assert.InRange(Encoding.UTF8.GetByteCount(kept), 12 * 1024, 16 * 1024);
        using var json = JsonDocument.Parse(kept);
        Assert.InRange(json.RootElement.EnumerateObject().Count(), 40, 70);
    }

    [Fact]
    public async Task Hundreds_of_megabytes_of_headers_are_a_failure()
    {
        await using var receiver = RawReceiver.Start(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok + "X-Long: "), token);
            var chunk = Encoding.ASCII.GetBytes(new string('z', 65_536));
            while (true)
            {
                await stream.WriteAsync(chunk, token);
            }
        });
        await using var host = await SchedulingHost.StartAsync();

        var row = (await DeliverAsync(host, receiver.Url))[0];

        Assert.Equal((ExecutionStatus.Failure, "The headers of the answer were too large."), (row.Status, row.Error));
    }

    [Fact]
    public async Task Echo_of_what_was_sent_is_not_kept_nor_logged()
    {
        const string Canary = "canary-9b2d77e0-authorization";
        await using var receiver = RawReceiver.Start((stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 500 Oops\r\nX-Echo: {Canary}\r\nSet-Cookie: s=receivers-own-session\r\nConnection: close\r\n\r\n{new string('p', (64 * 1024) - 10)}{Canary} and {Canary}"), token).AsTask());
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync(receiver.Url, request => request with { Headers = [KeyValuePair.Create("Authorization", $"Bearer {Canary}")] });
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var row = (await host.ExecutionsAsync(schedule.Id))[0];
        Assert.Contains(Canary, Assert.Single(receiver.Heads), StringComparison.Ordinal);
        Assert.EndsWith("p[redacted]", row.Answer!.Body, StringComparison.Ordinal);
        Assert.Contains("\"X-Echo\":\"[redacted]\"", row.Answer.Headers, StringComparison.Ordinal);
        var stored = JsonSerializer.Serialize(row) + JsonSerializer.Serialize((await host.Webhooks.FindAsync(webhook.Id, Token))!.Webhook);
        Assert.All(["canary", "receivers-own"], secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    private static async Task TimeOutAsync(SchedulingHost host, Schedule schedule, RawReceiver receiver, int bytes)
    {
        await host.FireAsync(schedule.Id);
        var job = await host.Kernel.ClaimAsync();
        var running = host.Kernel.RunAsync(job!);
        await Eventually.HoldsAsync(() => receiver.Requests == 1, "the request has come");
        await Eventually.HoldsAsync(() => host.Guard.BytesRead >= bytes, "the bytes were read");
        host.Clock.Advance(TimeSpan.FromSeconds(7));
        await running;
    }

    private static async Task<IReadOnlyList<Execution>> DeliverAsync(SchedulingHost host, string url)
    {
        var (schedule, _) = await host.ScheduleToAsync(url);
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        return await host.ExecutionsAsync(schedule.Id);
    }
}
