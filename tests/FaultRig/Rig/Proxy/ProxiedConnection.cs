using System.Net.Sockets;

namespace Switchyard.FaultRig.Proxy;

/// <summary>One connection through the proxy.</summary>
internal sealed class ProxiedConnection(ChaosProxy proxy, Socket client, Socket server) : IDisposable
{
    private readonly ReplyReader _replies = new();

    /// <summary>Copies both ways until either side ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            await Task.WhenAny(PumpAsync(client, ToServerAsync), PumpAsync(server, ToClientAsync));
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Ends the connection by a reset, as a machine does that is switched off and on.</summary>
    public void Cut()
    {
        try
        {
            client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // It ended by itself a moment ago.
        }

        Dispose();
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    private async Task PumpAsync(Socket from, Func<ReadOnlyMemory<byte>, Task> forward)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                await proxy.PassableAsync();
                await forward(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other end of it is closed by whoever waits for us.
        }
    }

    private async Task ToServerAsync(ReadOnlyMemory<byte> bytes) => await SendAsync(server, bytes);

    private async Task ToClientAsync(ReadOnlyMemory<byte> bytes)
    {
        foreach (var (answer, saysCommitted) in _replies.Read(bytes))
        {
            if (saysCommitted && proxy.TakeDrop())
            {
                Cut();
                return;
            }

            await SendAsync(client, answer);
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes)..];
        }
    }
}
