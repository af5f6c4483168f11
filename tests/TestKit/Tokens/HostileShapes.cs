using System.Buffers.Text;
using System.Text;

namespace Switchyard.TestKit.Tokens;

/// <summary>Tokens whose text isn't that of a signed token; made from a good one.</summary>
internal static class HostileShapes
{
    public static IEnumerable<HostileToken> All =>
    [
        From("one segment", "segments", (h, _, _) => h),
        From("two segments", "segments", (h, p, _) => $"{h}.{p}"),
        From("four segments", "segments", (h, p, s) => $"{h}.{p}.{s}.{s}"),
        From("five segments, encrypted", "segments", (h, p, s) => $"{h}.{p}.{s}.{p}.{s}"),
        From("six segments", "segments", (h, p, s) => $"{h}.{p}.{s}.{p}.{s}.{h}"),
        From("an empty header", "segments", (_, p, s) => $".{p}.{s}"),
        From("an empty payload", "segments", (h, _, s) => $"{h}..{s}"),
        From("an empty signature", "segments", (h, p, _) => $"{h}.{p}."),
        From("dots alone", "segments", (_, _, _) => ".."),
        From("a leading dot", "segments", (h, p, s) => $".{h}.{p}.{s}"),
        From("a trailing dot", "segments", (h, p, s) => $"{h}.{p}.{s}."),
        From("JSON serialization", "segments", (h, p, s) => $"{{\"protected\":\"{h}\",\"payload\":\"{p}\",\"signature\":\"{s}\"}}"),
        From("padding behind the signature", "encoding", (h, p, s) => $"{h}.{p}.{s}=="),
        From("padding behind the payload", "encoding", (h, p, s) => $"{h}.{p}=.{s}"),
        From("a space behind the token", "encoding", (h, p, s) => $"{h}.{p}.{s} "),
        From("a space inside", "encoding", (h, p, s) => $"{h}.{p[..4]} {p[4..]}.{s}"),
        From("a newline inside", "encoding", (h, p, s) => $"{h}.{p[..4]}\n{p[4..]}.{s}"),
        From("a tab inside the signature", "encoding", (h, p, s) => $"{h}.{p}.{s[..4]}\t{s[4..]}"),
        From("a plus sign of plain base64", "encoding", (h, p, s) => $"{h}.{p}.+{s[1..]}"),
        From("a slash of plain base64", "encoding", (h, p, s) => $"{h}.{p}./{s[1..]}"),
        From("an impossible length", "encoding", (h, p, s) => $"{h}.{p}.{s[..5]}"),
        From("stray bits at the end", "encoding", (h, p, s) => $"{h}.{p}.{NextSpelling(s)}"),
        From("a letter beyond ASCII", "encoding", (h, p, s) => $"{h}.{p}.é{s[1..]}"),
        From("a full-width letter", "encoding", (h, p, s) => $"{h}.{p}.Ａ{s[1..]}"),
        From("U+0000 at the end", "encoding", (h, p, s) => $"{h}.{p}.{s}\0"),
        new("17 KB of junk", "size", _ => new string('a', 17 * 1024)),
        new("17 KB, well signed", "size", context => context.Issuer.Token(claims => claims["x"] = new string('x', 17 * 1024))),
        new("1 MB of dots", "size", _ => new string('.', 1024 * 1024)),
        Body("a payload that is an array", "[1]"),
        Body("a payload that is a string", "\"x\""),
        Body("a payload that is a number", "5"),
        Body("a payload that is null", "null"),
        Body("a payload that is no JSON", "iss=me"),
        Body("a payload with NaN", "{\"exp\":NaN}"),
        Member("a deep payload", $"\"q\":{new string('[', 100)}{new string(']', 100)}"),
        Member("sub twice", "\"sub\":\"admin\""),
        Member("exp twice", "\"exp\":99999999999"),
        Member("aud twice", "\"aud\":\"https://api.test\""),
        Member("aud twice, once escaped", "\"a\\u0075d\":\"https://api.test\""),
        Member("a claim twice, deep inside", "\"q\":[{\"r\":1,\"r\":2}]"),
        Member("half a surrogate pair", "\"q\":\"\\udc00\""),
        Member("half a surrogate pair in a name", "\"\\udc00\":1"),
        Member("U+0000 in a claim", "\"q\":\"a\\u0000b\""),
        new("a payload that isn't UTF-8", "payload", BadUtf8),
    ];

    private static HostileToken From(string name, string reason, Func<string, string, string, string> change) => new(name, reason, context =>
    {
        var parts = context.Issuer.Token().Split('.');
        return change(parts[0], parts[1], parts[2]);
    });

    private static HostileToken Body(string name, string payload) => new(name, "payload", context => context.Sign(context.Header, payload));

    private static HostileToken Member(string name, string member) =>
        new($"payload with {name}", "payload", context => context.Sign(context.Header, HostileContext.With(context.Payload, member)));

    // 256 bytes leave 4 unused bits in the last character: the next letter of the alphabet spells the same bytes.
    private static string NextSpelling(string signature)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return signature[..^1] + Alphabet[Alphabet.IndexOf(signature[^1], StringComparison.Ordinal) + 1];
    }

    private static string BadUtf8(HostileContext context)
    {
        var payload = Encoding.UTF8.GetBytes(HostileContext.With(context.Payload, "\"q\":\"??\""));
        payload[^3] = 0xC3;
        payload[^4] = 0x28;
        var input = $"{TestToken.Segment(context.Header)}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(context.Issuer.Key.Sign(Encoding.ASCII.GetBytes(input)))}";
    }
}
