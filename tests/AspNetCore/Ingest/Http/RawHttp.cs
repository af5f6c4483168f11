using System.Net.Sockets;
using System.Text;

namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>Sends bytes that no HTTP client would.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request and reads until the server closes the connection; requests say <c>Connection: close</c>.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server may reset a connection whose request it didn't read to the end; what it said before counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
