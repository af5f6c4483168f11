namespace Switchyard.TestKit.Tokens;

/// <summary>What a <see cref="TestIssuer"/> does wrong.</summary>
public enum IssuerFault
{
    None,

    /// <summary>Both documents answer 500.</summary>
    ServerError,

    /// <summary>Both connections are cut.</summary>
    ConnectionReset,

    /// <summary>The discovery document is <c>{}</c>.</summary>
    EmptyDiscovery,

    /// <summary>The key set is <c>{}</c>.</summary>
    EmptyKeyDocument,

    /// <summary>The key set is <c>{"keys":[]}</c>.</summary>
    NoKeys,

    /// <summary>The key set holds a symmetric key, an RSA key of 1024 bits and one for encryption.</summary>
    OnlyUnusableKeys,

    /// <summary>Both documents are an HTML page with status 200.</summary>
    Html,

    /// <summary>The key set is valid, and larger than any limit.</summary>
    HugeKeyDocument,

    /// <summary>The key set comes one byte and then nothing.</summary>
    Slowloris,

    /// <summary>The discovery document names another issuer.</summary>
    WrongIssuer,

    /// <summary>The discovery document has no <c>jwks_uri</c>.</summary>
    NoKeysUri,

    /// <summary>The <c>jwks_uri</c> is a <c>file:</c> URL.</summary>
    FileKeysUri,

    /// <summary>The key set answers with a redirect to itself elsewhere.</summary>
    Redirect,
}
