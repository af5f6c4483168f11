using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Switchyard.AspNetCore.Scheduling.Health;
using Switchyard.TestKit;

namespace Switchyard.AspNetCore.Scheduling.Tests.Health;

/// <summary>The ping against the real server.</summary>
public sealed class RedisServerTests
{
    [Fact]
    public async Task The_real_server_is_there_for_those_who_know_its_password_until_it_is_gone()
    {
        var program = Requires.Program("redis-server", "apt-get install -y redis-server");
        var port = FreePort();
        using var server = Process.Start(new ProcessStartInfo(program, ["--port", $"{port}", "--bind", "127.0.0.1", "--requirepass", "s3cret", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            server.BeginOutputReadLine();
            await Eventually.HoldsAsync(() => PingAsync($"redis://:s3cret@127.0.0.1:{port}"), "the server answers");

            Assert.True(await PingAsync($"redis://default:s3cret@127.0.0.1:{port}"));
            Assert.False(await PingAsync($"redis://127.0.0.1:{port}"));
            Assert.False(await PingAsync($"redis://:wrong@127.0.0.1:{port}"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(await PingAsync($"redis://:s3cret@127.0.0.1:{port}"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task<bool> PingAsync(string url) => RedisPing.PingAsync(new Uri(url), TestContext.Current.CancellationToken);
}
