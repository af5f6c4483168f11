using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Switchyard.FaultRig.Proxy;

/// <summary>Stands between a node and its PostgreSQL server, on loopback, and spoils what passes: cuts, silence, lost commit replies.</summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    private readonly string _upstream;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _passable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _drops;
    private int _dropped;

    /// <summary>Listens on a free port.</summary>
    /// <param name="upstream">The path of the server's unix socket.</param>
    public ChaosProxy(string upstream)
    {
        _upstream = upstream;
        _passable.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets how many replies to commits were dropped.</summary>
    public int Dropped => _dropped;

    public ProxyMode Mode
    {
        get => _passable.Task.IsCompleted ? ProxyMode.Pass : ProxyMode.Blackhole;
        set
        {
            if (value == ProxyMode.Pass)
            {
                _passable.TrySetResult();
            }
            else if (_passable.Task.IsCompleted)
            {
                _passable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Drops the replies to the next commits that wrote something, and the connections with them: nobody learns of the commit.</summary>
    public void DropCommitReplies(int count) => Interlocked.Exchange(ref _drops, count);

    /// <summary>Resets every connection.</summary>
    public void CutAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Mode = ProxyMode.Pass;
        CutAll();
        await _accepting;
        _listener.Dispose();
    }

    internal Task PassableAsync() => _passable.Task;

    internal bool TakeDrop()
    {
        if (Interlocked.Decrement(ref _drops) < 0)
        {
            Interlocked.Increment(ref _drops);
            return false;
        }

        Interlocked.Increment(ref _dropped);
        return true;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The proxy was disposed of.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.NoDelay = true;
        using var connection = new ProxiedConnection(this, client, server);
        try
        {
            await PassableAsync();
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_upstream));
            _connections.TryAdd(connection, true);
            await connection.RunAsync();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The server is down; the client sees its connection close.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }
}
