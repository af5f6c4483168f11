using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.AspNetCore.Scheduling.Health;

/// <summary>Asks a Redis server whether it is there: one connection, AUTH where the URL holds a password, PING.</summary>
/// <remarks>Speaks RESP2 (https://redis.io/docs/latest/develop/reference/protocol-spec/), of which a ping takes four bytes' worth.</remarks>
internal static class RedisPing
{
    private const int DefaultPort = 6379;
    private const int MaxReply = 1024;

    /// <summary>Pings a server.</summary>
    /// <returns>Whether it answered PONG.</returns>
    public static async Task<bool> PingAsync(Uri server, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server.IdnHost, server.IsDefaultPort || server.Port < 0 ? DefaultPort : server.Port, cancellationToken);
            await using var stream = await OpenAsync(socket, server, cancellationToken);
            return await AuthenticateAsync(stream, server.UserInfo, cancellationToken) && await AskAsync(stream, ["PING"], cancellationToken) == "+PONG";
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private static async Task<Stream> OpenAsync(Socket socket, Uri server, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (server.Scheme != "rediss")
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.IdnHost }, cancellationToken);
        return secure;
    }

    private static async Task<bool> AuthenticateAsync(Stream stream, string userInfo, CancellationToken cancellationToken)
    {
        if (userInfo.Length == 0)
        {
            return true;
        }

        var parts = userInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        string[] command = parts is [var user, var password] ? (user.Length == 0 ? ["AUTH", password] : ["AUTH", user, password]) : ["AUTH", parts[0]];
        return await AskAsync(stream, command, cancellationToken) == "+OK";
    }

    // A command is an array of bulk strings; what is looked at of the reply is its first line.
    private static async Task<string> AskAsync(Stream stream, string[] command, CancellationToken cancellationToken)
    {
        var request = new StringBuilder($"*{command.Length}\r\n");
        foreach (var word in command)
        {
            request.Append(FormattableString.Invariant($"${Encoding.UTF8.GetByteCount(word)}\r\n")).Append(word).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken);
        var reply = new byte[MaxReply];
        var length = 0;
        while (length < reply.Length)
        {
            var read = await stream.ReadAsync(reply.AsMemory(length), cancellationToken);
            length += read;
            var end = reply.AsSpan(0, length).IndexOf("\r\n"u8);
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(reply, 0, end);
            }

            if (read == 0)
            {
                break;
            }
        }

        return "";
    }
}
