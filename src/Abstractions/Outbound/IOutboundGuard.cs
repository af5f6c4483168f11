namespace Switchyard.Outbound;

/// <summary>Sends HTTP requests to URLs that a user gave, and to nowhere that a user must not reach.</summary>
/// <remarks>
/// Every call to such a URL goes through the guard, since a user's URL may point inside (server-side request forgery). Hosts that the
/// operator configured are trusted by the guard's own options. Implementations are safe for use by many threads at once.
/// </remarks>
public interface IOutboundGuard
{
    /// <summary>
    /// Looks at a URL as it is written, without asking DNS: scheme, user information, port, literal addresses and well-known local names.
    /// For the moment at which a URL is saved, to give the better error; only what <see cref="SendAsync"/> finds counts.
    /// </summary>
    /// <param name="url">The URL, as the user wrote it: <see cref="Uri.OriginalString"/> is looked at too.</param>
    /// <returns>
    /// What is against the URL, a lower-case clause that is fit to show to the user ("the address is loopback"), or
    /// <see langword="null"/> where nothing is.
    /// </returns>
    string? WhyRefused(Uri url);

    /// <summary>Sends a request, and gives the answer as soon as its headers are there; the body is the caller's to read, up to a limit of its own.</summary>
    /// <remarks>
    /// MUST connect only to addresses that it has checked, MUST NOT follow redirects (a 3xx is an answer), use a proxy, keep cookies or
    /// decompress. It sets no limit on the time of the whole exchange: <paramref name="cancellationToken"/> is the caller's limit, and
    /// reading the body needs one too. Neither headers nor query nor body may be logged.
    /// </remarks>
    /// <param name="request">The request with an absolute URL. The caller disposes it, and the answer.</param>
    /// <param name="cancellationToken">Cancels sending and waiting for the headers.</param>
    /// <exception cref="OutboundRefusedException">The guard refuses the destination; nothing was sent.</exception>
    /// <exception cref="HttpRequestException">There is no answer: no address, no connection, a broken one, a certificate that is not valid.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
