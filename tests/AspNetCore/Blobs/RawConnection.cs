using System.Net.Sockets;
using System.Text;

namespace Switchyard.AspNetCore.Blobs.Tests;

/// <summary>A connection that sends what no HTTP client would.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly StringBuilder _answer = new();
    private NetworkStream _stream = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(address.Host, address.Port, Token);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), Token);

    /// <summary>Reads until the server closes the connection, and gives all that it sent.</summary>
    public Task<string> ReadToEndAsync() => ReadAsync(untilHead: false);

    /// <summary>Waits for the head of an answer; only then says that nothing more comes, and reads to the end.</summary>
    public async Task<string> ReadAnswerThenEndAsync()
    {
        await ReadAsync(untilHead: true);
        _client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            return await ReadAsync(untilHead: false);
        }
        catch (IOException)
        {
            // The server answered in full, and resets a connection that ends in the middle of a body.
            return _answer.ToString();
        }
    }

    private async Task<string> ReadAsync(bool untilHead)
    {
        var buffer = new byte[4096];
        while (!untilHead || !_answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await _stream.ReadAsync(buffer, Token);
            if (count == 0)
            {
                break;
            }

            _answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return _answer.ToString();
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _client.Dispose();
    }
}
