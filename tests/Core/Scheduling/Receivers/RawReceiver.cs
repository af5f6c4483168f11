using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.Scheduling.Receivers;

/// <summary>A server of bare sockets: what it says, and when, is up to the test.</summary>
internal sealed class RawReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _loop;
    private int _requests;

    private RawReceiver(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";
        _loop = AcceptAsync();
    }

    public string Url { get; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Gets the heads of the requests, as they came.</summary>
    public List<string> Heads { get; } = [];

    /// <summary>Answers every request alike, once its head is read.</summary>
    public static RawReceiver Start(Func<NetworkStream, CancellationToken, Task> answer) => new(answer);

    /// <summary>Answers every request with a text, then closes.</summary>
    public static RawReceiver Say(string answer) => new((stream, token) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token).AsTask());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                lock (Heads)
                {
                    Heads.Add(head);
                }

                Interlocked.Increment(ref _requests);
                await _answer(stream, _stop.Token);
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException)
            {
                // The client went away, or the test is over: either ends the connection.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
