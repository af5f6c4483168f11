namespace Switchyard.Tokens.Jwt;

/// <summary>Names the algorithms of RFC 7518 that are ever accepted.</summary>
internal static class JwtAlgorithms
{
    public const string SharedSecret = "HS256";

    public static readonly IReadOnlyList<string> Asymmetric =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
}
