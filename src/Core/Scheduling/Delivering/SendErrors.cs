using System.Net.Sockets;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Says in words for the owner why there was no answer. Texts of exceptions are left out: they may quote what was sent.</summary>
internal static class SendErrors
{
    public static string Of(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The name of the host could not be resolved.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection could be made: the certificate is not valid, or the protocols don't fit.",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "The answer was not valid HTTP.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "The headers of the answer were too large.",
        _ when Socket(exception) is { } error => $"No connection could be made, or it broke: {Words(error)}.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "No connection could be made.",
        OperationCanceledException => "No connection could be made in time.",
        _ => "The connection ended before the answer was complete.",
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
