using System.Net.Sockets;
using System.Text;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>An answer as it was on the wire, to a request that no HTTP client would send.</summary>
internal sealed record RawHttp(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Posts to a path with an <c>Authorization</c> header of any bytes, and reads until the server closes the connection.</summary>
    public static async Task<RawHttp> PostAsync(Uri server, string path, string authorization, string json)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(
                    $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\nAuthorization: {authorization}\r\n"
                    + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"),
                TestContext.Current.CancellationToken);
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server may reset a connection whose request it didn't read to the end; what it said before counts.
        }

        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static RawHttp Parse(string text)
    {
        var (head, body) = text.Split("\r\n\r\n", 2) is [var h, var b] ? (h, b) : (text, "");
        var lines = head.Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        return new RawHttp(int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), headers, body);
    }
}
