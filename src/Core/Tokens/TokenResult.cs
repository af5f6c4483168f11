namespace Switchyard.Tokens;

/// <summary>Represents what became of a token: one of the nested records.</summary>
public abstract record TokenResult
{
    private TokenResult()
    {
    }

    /// <summary>Represents a token that is what it says.</summary>
    /// <param name="Token">The token's claims.</param>
    public sealed record Valid(VerifiedToken Token) : TokenResult;

    /// <summary>Represents a token that is refused.</summary>
    /// <param name="Reason">A short code for logs, such as <c>expired</c>. Never tell it to the client: it helps only whoever forges tokens.</param>
    public sealed record Invalid(string Reason) : TokenResult;

    /// <summary>Represents that no token can be judged: the issuer is disabled, or its keys could never be fetched.</summary>
    /// <param name="RetryAfter">When it is worth asking again.</param>
    public sealed record Unavailable(TimeSpan RetryAfter) : TokenResult;
}
