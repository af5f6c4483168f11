using System.Text.Json.Nodes;

namespace Switchyard.TestKit.Tokens;

/// <summary>Tokens with a hostile header; but for those that bring their own key, they are signed with the issuer's own.</summary>
internal static class HostileHeaders
{
    public static IEnumerable<HostileToken> All =>
    [
        .. Algorithms(), .. OwnKeys(), .. KeyIds(), .. Types(),
        Raw("crit of a known claim", "header_member", "\"crit\":[\"exp\"]"),
        Raw("crit of an unknown extension", "header_member", "\"crit\":[\"x\"],\"x\":1"),
        Raw("crit that is empty", "header_member", "\"crit\":[]"),
        Raw("b64 false", "header_member", "\"b64\":false"),
        Raw("b64 true", "header_member", "\"b64\":true"),
        Raw("zip DEF", "header_member", "\"zip\":\"DEF\""),
        Raw("cty JWT, a nested token", "header_member", "\"cty\":\"JWT\""),
        Raw("enc beside a signature", "header_member", "\"enc\":\"A256GCM\""),
        Raw("alg twice", "header", "\"alg\":\"RS256\""),
        Raw("alg twice, once escaped", "header", "\"\\u0061lg\":\"RS256\""),
        Raw("kid twice", "header", "\"kid\":\"key-1\""),
        Raw("an unknown member twice", "header", "\"q\":1,\"q\":2"),
        Raw("a member twice, deep inside", "header", "\"q\":{\"r\":{\"s\":1,\"s\":2}}"),
        Raw("half a surrogate pair", "header", "\"q\":\"\\ud800\""),
        Raw("a deep header", "header", $"\"q\":{new string('[', 20)}{new string(']', 20)}"),
        Whole("a header that is an array", "header", "[\"alg\",\"RS256\"]"),
        Whole("a header that is a string", "header", "\"RS256\""),
        Whole("a header that is null", "header", "null"),
        Whole("a header with a comment", "header", "{/**/\"alg\":\"RS256\",\"kid\":\"key-1\"}"),
        Whole("a header with a trailing comma", "header", "{\"alg\":\"RS256\",\"kid\":\"key-1\",}"),
        Whole("a header with text behind it", "header", "{\"alg\":\"RS256\",\"kid\":\"key-1\"}{}"),
        Whole("a header with a byte order mark", "header", "\uFEFF{\"alg\":\"RS256\",\"kid\":\"key-1\"}"),
    ];

    private static IEnumerable<HostileToken> Algorithms()
    {
        string[] values = ["\"none\"", "\"None\"", "\"nOnE\"", "\"\"", "1", "[\"RS256\"]", "null", "{}", "\"rs256\"", "\"RS256 \"", "\"RS1\"", "\"HS384\"", "\"HS512\"", "\"EdDSA\"", "\"ES256K\"", "\"PBES2-HS256+A128KW\"", "\"RSA-OAEP\""];
        foreach (var value in values)
        {
            yield return Whole($"alg {value}", "algorithm", $"{{\"alg\":{value},\"typ\":\"JWT\",\"kid\":\"key-1\"}}");
        }

        yield return Whole("no alg", "algorithm", "{\"typ\":\"JWT\",\"kid\":\"key-1\"}");
        yield return Whole("alg in capitals as a name", "algorithm", "{\"ALG\":\"RS256\",\"kid\":\"key-1\"}");
        yield return Whole("PBES2 with a billion rounds", "algorithm", "{\"alg\":\"PBES2-HS512+A256KW\",\"p2c\":1000000000,\"p2s\":\"AAAA\"}");
        yield return new("alg none and no signature", "segments", context => $"{TestToken.Segment("{\"alg\":\"none\"}")}.{TestToken.Segment(context.Payload)}.");
    }

    private static IEnumerable<HostileToken> OwnKeys()
    {
        yield return Forged("jwk in the header, key id of the attacker", "unknown_key", (header, context) => header["jwk"] = context.Attacker.PublicJwk());
        yield return Forged("jwk in the header, key id of ours", "signature", (header, context) =>
        {
            header["jwk"] = context.Attacker.PublicJwk();
            header["kid"] = context.Issuer.Key.Kid;
        });
        yield return Forged("jwk in the header, no key id", "signature", (header, context) =>
        {
            header["jwk"] = context.Attacker.PublicJwk();
            header.Remove("kid");
        });
        yield return Forged("jku to the attacker's server", "unknown_key", (header, context) => header["jku"] = context.SinkUrl + "/keys");
        yield return Forged("x5u to the attacker's server", "unknown_key", (header, context) => header["x5u"] = context.SinkUrl + "/cert.pem");
        yield return Forged("x5c in the header", "unknown_key", (header, _) => header["x5c"] = new JsonArray("MIIB"));
        yield return Forged("kid that is the attacker's URL", "unknown_key", (header, context) => header["kid"] = context.SinkUrl + "/keys");
    }

    private static IEnumerable<HostileToken> KeyIds()
    {
        foreach (var kid in (string[])["../../dev/null", "' OR 1=1--", "KEY-1", "key-1 ", " key-1", "key-1/../key-1", "other-issuers-key", new string('k', 256)])
        {
            yield return Set($"kid {kid}", "unknown_key", "kid", JsonValue.Create(kid));
        }

        yield return Set("kid that is empty", "key_id", "kid", JsonValue.Create(""));
        yield return Set("kid of 257 characters", "key_id", "kid", JsonValue.Create(new string('k', 257)));
        yield return Set("kid of 1 MB", "size", "kid", JsonValue.Create(new string('k', 1024 * 1024)));
        yield return Set("kid U+0000", "header", "kid", JsonValue.Create("key-1\0"));
        yield return Set("kid that is an array", "key_id", "kid", new JsonArray("key-1"));
        yield return Set("kid that is a number", "key_id", "kid", JsonValue.Create(1));
        yield return Set("kid that is null", "key_id", "kid", null);
    }

    private static IEnumerable<HostileToken> Types()
    {
        foreach (var type in (string[])["logout+jwt", "dpop+jwt", "JOSE", "secevent+jwt", "id_token+jwt", "application/logout+jwt", "text/jwt", "JWT ", "", "at+jwt;x=1"])
        {
            yield return Set($"typ '{type}'", "type", "typ", JsonValue.Create(type));
        }

        yield return Set("typ that is a number", "type", "typ", JsonValue.Create(1));
        yield return Set("typ that is null", "type", "typ", null);
    }

    private static HostileToken Set(string name, string reason, string member, JsonNode? value) =>
        new(name, reason, context => context.Issuer.Token(header: header => header[member] = value?.DeepClone()));

    private static HostileToken Raw(string name, string reason, string member) =>
        new($"header with {name}", reason, context => context.Sign(HostileContext.With(context.Header, member), context.Payload));

    private static HostileToken Whole(string name, string reason, string header) =>
        new(name, reason, context => context.Sign(header, context.Payload));

    private static HostileToken Forged(string name, string reason, Action<JsonObject, HostileContext> change) =>
        new(name, reason, context => context.Issuer.Token(header: header => change(header, context), key: context.Attacker));
}
