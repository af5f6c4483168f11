using System.Net.Sockets;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Says in words for the owner why there was no answer. Texts of exceptions are left out: they may quote what was sent.</summary>
internal static class SendErrors
{
    public static string Of(Exception exception) => Kind(exception) switch
    {
        HttpRequestError.NameResolutionError => "The name of the host could not be resolved.",
        HttpRequestError.SecureConnectionError => "No secure connection could be made: the certificate is not valid, or the protocols don't fit.",
        HttpRequestError.InvalidResponse => "The answer was not valid HTTP.",
        HttpRequestError.ConfigurationLimitExceeded => "The headers of the answer were too large.",
        _ when Socket(exception) is { } error => $"No connection could be made, or it broke: {Words(error)}.",
        HttpRequestError.ConnectionError => "No connection could be made.",
        _ when exception is OperationCanceledException => "No connection could be made in time.",
        _ => "The connection ended before the answer was complete.",
    };

    private static HttpRequestError? Kind(Exception exception) => exception switch
    {
        HttpRequestException request => request.HttpRequestError,
        HttpIOException reading => reading.HttpRequestError,
        _ => null,
    };

    private static SocketError? Socket(Exception? exception) =>
        exception is SocketException socket ? socket.SocketErrorCode : exception?.InnerException is { } inner ? Socket(inner) : null;

    private static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "it was refused",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "it was reset",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name of the host could not be resolved",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown => "there is no way to the host",
        SocketError.TimedOut => "it timed out",
        _ => "the network failed",
    };
}
