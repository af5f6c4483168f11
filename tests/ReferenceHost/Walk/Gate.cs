using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>Stands before a server, which others share: closed, it is to its clients as if the server were gone.</summary>
internal sealed partial class Gate : IDisposable
{
    private readonly EndPoint _target;
    private readonly Lock _lock = new();
    private readonly List<Socket> _open = [];
    private readonly MemoryStream _sent = new();
    private Socket? _listener;

    private Gate(EndPoint address, EndPoint target)
    {
        _target = target;
        Address = address;
    }

    public EndPoint Address { get; private set; }

    /// <summary>Counts the HTTP requests that clients have sent so far, as they were on the wire.</summary>
    public int HttpRequests
    {
        get
        {
            lock (_lock)
            {
                return RequestLine().Count(Encoding.Latin1.GetString(_sent.ToArray()));
            }
        }
    }

    /// <summary>Opens a gate on a free port of loopback.</summary>
    public static Gate ToTcp(Uri server) => Opened(new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Parse(server.Host), server.Port));

    /// <summary>Opens a gate in a folder that a PostgreSQL client can take for the server's own.</summary>
    public static Gate ToPostgres(string folder, string serverFolder)
    {
        const string name = ".s.PGSQL.5432";
        return Opened(new UnixDomainSocketEndPoint(Path.Combine(folder, name)), new UnixDomainSocketEndPoint(Path.Combine(serverFolder, name)));
    }

    /// <summary>Lets clients in, at the same address as ever.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _listener = new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            _listener.Bind(Address);
            _listener.Listen();
            Address = _listener.LocalEndPoint!;
        }

        _ = AcceptAsync(_listener);
    }

    /// <summary>Refuses new connections and cuts those that are there.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (var socket in _open)
            {
                socket.Dispose();
            }

            _open.Clear();
        }

        if (Address is UnixDomainSocketEndPoint address)
        {
            File.Delete(address.ToString());
        }
    }

    public void Dispose() => Close();

    private static Gate Opened(EndPoint address, EndPoint target)
    {
        var gate = new Gate(address, target);
        gate.Open();
        return gate;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                var server = new Socket(_target.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
                lock (_lock)
                {
                    _open.AddRange([client, server]);
                }

                await server.ConnectAsync(_target);
                _ = PassAsync(client, server, isRequest: true);
                _ = PassAsync(server, client, isRequest: false);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isRequest)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                if (isRequest)
                {
                    lock (_lock)
                    {
                        _sent.Write(buffer, 0, count);
                    }
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }

    [GeneratedRegex(@"[A-Z]{3,7} /\S* HTTP/1\.1\r\n")]
    private static partial Regex RequestLine();
}
