using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.Benchmarks.Ingest.CreateStart;

/// <summary>
/// Sends requests that were written beforehand over many connections at once. Bare sockets: client and servers share the
/// cores, and an <see cref="HttpClient"/> would take more of them than the comparator does, so that any ratio came near one.
/// </summary>
internal sealed class LoopbackClient : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private readonly Socket[] _sockets;

    public LoopbackClient(Uri server, int connections)
    {
        _sockets = [.. Enumerable.Range(0, connections).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })];
        Array.ForEach(_sockets, socket => socket.Connect(new IPEndPoint(IPAddress.Loopback, server.Port)));
    }

    /// <summary>Writes a request.</summary>
    public static byte[] Request(string method, Uri url, string? token = null, string? contentType = null, string body = "")
    {
        var head = new StringBuilder($"{method} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n");
        head.Append(token is null ? "" : $"Authorization: Bearer {token}\r\n").Append(contentType is null ? "" : $"Content-Type: {contentType}\r\n");
        return Encoding.UTF8.GetBytes($"{head}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    /// <summary>Sends all of the requests, and gives the bodies of the answers and the seconds that it took.</summary>
    /// <exception cref="InvalidOperationException">A server answered by another status.</exception>
    public async Task<(string[] Bodies, double Seconds)> SendAsync(byte[][] requests, int status)
    {
        var bodies = new string[requests.Length];
        var next = -1;
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(_sockets.Select(socket => Task.Run(async () =>
        {
            var buffer = new byte[LargestAnswer];
            for (var i = Interlocked.Increment(ref next); i < requests.Length; i = Interlocked.Increment(ref next))
            {
                bodies[i] = await ExchangeAsync(socket, requests[i], buffer, status);
            }
        })));
        return (bodies, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    public void Dispose() => Array.ForEach(_sockets, socket => socket.Dispose());

    private static async Task<string> ExchangeAsync(Socket socket, byte[] request, byte[] buffer, int status)
    {
        await socket.SendAsync(request);
        var length = 0;
        do
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += received > 0 ? received : throw new InvalidOperationException("A server closed a connection.");
        }
        while (!IsWhole(buffer.AsSpan(0, length)));

        var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        var body = Encoding.UTF8.GetString(buffer, head + 4, length - head - 4);
        return buffer.AsSpan(9, 3).SequenceEqual(Encoding.ASCII.GetBytes($"{status}"))
            ? body
            : throw new InvalidOperationException($"A server answered {Encoding.ASCII.GetString(buffer, 9, 3)}, not {status}: {body}");
    }

    // One request at a time on a connection, so the last chunk is the end of what there is.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var lengthAt = answer[..head].IndexOf("Content-Length: "u8);
        if (lengthAt < 0)
        {
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }

        var text = answer[(lengthAt + 16)..(head + 2)];
        return System.Buffers.Text.Utf8Parser.TryParse(text, out int length, out _) && answer.Length >= head + 4 + length;
    }
}
