namespace Switchyard.Tokens.Jwt;

/// <summary>Names why a token is refused, for logs and metrics.</summary>
internal static class TokenFaults
{
    public const string Size = "size";
    public const string Segments = "segments";
    public const string Encoding = "encoding";
    public const string Header = "header";
    public const string Algorithm = "algorithm";
    public const string Type = "type";
    public const string HeaderMember = "header_member";
    public const string KeyId = "key_id";
    public const string Payload = "payload";
    public const string Issuer = "issuer";
    public const string Audience = "audience";
    public const string Time = "time";
    public const string Expired = "expired";
    public const string NotYetValid = "not_yet_valid";
    public const string Lifetime = "lifetime";
    public const string NotAnAccessToken = "not_an_access_token";
    public const string UnknownKey = "unknown_key";
    public const string Signature = "signature";
}
