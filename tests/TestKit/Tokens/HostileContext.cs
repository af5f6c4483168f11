using System.Text.Json.Nodes;

namespace Switchyard.TestKit.Tokens;

/// <summary>What hostile tokens are made of: an issuer with an RSA key and an EC key, a key of an attacker, and a server of theirs.</summary>
public sealed class HostileContext
{
    /// <summary>The clock skew that the hostile times assume, in seconds.</summary>
    public const int ClockSkewSeconds = 30;

    /// <param name="issuer">The issuer; the EC key is published there beside its own.</param>
    /// <param name="sinkUrl">The URL that tokens try to have fetched.</param>
    public HostileContext(TestIssuer issuer, string sinkUrl)
    {
        Issuer = issuer;
        SinkUrl = sinkUrl;
        issuer.Published = [issuer.Key.PublicJwk(), Ec.PublicJwk()];
    }

    public TestIssuer Issuer { get; }

    public string SinkUrl { get; }

    public SigningKey Ec { get; } = SigningKey.Ec("ec-1");

    public SigningKey Attacker { get; } = SigningKey.Rsa("attacker", index: 7);

    /// <summary>The header of a good token, to be changed as text.</summary>
    public string Header => new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = Issuer.Key.Kid }.ToJsonString();

    /// <summary>The payload of a good token, to be changed as text.</summary>
    public string Payload => Issuer.Claims().ToJsonString();

    /// <summary>Now, in seconds of Unix time, as the issuer's tokens have it in <c>iat</c>.</summary>
    public long Now => (long)Issuer.Claims()["iat"]!;

    /// <summary>Signs raw texts with the issuer's own key.</summary>
    public string Sign(string header, string payload) => TestToken.Encode(header, payload, input => Issuer.Key.Sign(input, "RS256"));

    /// <summary>Adds a member to the end of a JSON object as text, repeated or not.</summary>
    public static string With(string json, string member) => $"{json[..^1]},{member}}}";
}
