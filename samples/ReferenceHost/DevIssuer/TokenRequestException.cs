namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>The exception that is thrown for a token request that is answered with an error (RFC 6749, 5.2).</summary>
internal sealed class TokenRequestException(int status, string error, string description) : Exception(description)
{
    /// <summary>Gets the HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Gets the code, such as <c>invalid_client</c>.</summary>
    public string Error { get; } = error;
}
