using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.AspNetCore.Scheduling.Tests.Health;

/// <summary>Listens on loopback and gives fixed answers, one for each that it is sent, whatever that is.</summary>
internal sealed class RedisDouble : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string?[] _answers;
    private readonly StringBuilder _received = new();
    private readonly Task _serving;

    /// <param name="answers">The answers; <see langword="null"/> never comes, and "" hangs up.</param>
    public RedisDouble(params string?[] answers)
    {
        _answers = answers;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Received
    {
        get
        {
            lock (_received)
            {
                return _received.ToString();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var buffer = new byte[4096];
            foreach (var answer in _answers)
            {
                var length = await client.GetStream().ReadAsync(buffer);
                lock (_received)
                {
                    _received.Append(Encoding.UTF8.GetString(buffer, 0, length));
                }

                if (answer is null)
                {
                    // Until the client hangs up.
                    await client.GetStream().CopyToAsync(Stream.Null);
                    return;
                }

                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over, or the client hung up.
        }
    }
}
