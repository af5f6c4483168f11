namespace Switchyard.Outbound;

/// <summary>The exception that is thrown when the outbound guard refuses a destination; nothing was sent.</summary>
/// <remarks>The message begins with <c>destination not allowed: </c> and is fit to show to the user who gave the URL.</remarks>
public sealed class OutboundRefusedException : HttpRequestException
{
    /// <summary>What every message begins with.</summary>
    public const string MessagePrefix = "destination not allowed: ";

    /// <summary>Initializes a new instance of the <see cref="OutboundRefusedException"/> class.</summary>
    public OutboundRefusedException()
        : this("the guard refuses it")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="OutboundRefusedException"/> class.</summary>
    /// <param name="reason">What is against the destination: a clause, without the prefix.</param>
    public OutboundRefusedException(string reason)
        : this(reason, null)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="OutboundRefusedException"/> class.</summary>
    /// <param name="reason">What is against the destination: a clause, without the prefix.</param>
    /// <param name="innerException">What led to it.</param>
    public OutboundRefusedException(string reason, Exception? innerException)
        : base(HttpRequestError.ConnectionError, MessagePrefix + reason, innerException) =>
        Reason = reason;

    /// <summary>Gets what is against the destination: a clause, without the prefix.</summary>
    public string Reason { get; }
}
