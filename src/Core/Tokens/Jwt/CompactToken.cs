using System.Text.Json;
using System.Text.Unicode;

namespace Switchyard.Tokens.Jwt;

/// <summary>Holds a token taken apart (JWS compact form, RFC 7515): shape alone is sure, nothing in it is to be believed.</summary>
internal sealed class CompactToken : IDisposable
{
    private const byte Dot = (byte)'.';
    private const int MaxDepth = 16;
    private readonly JsonDocument _header;
    private readonly JsonDocument _payload;

    private CompactToken(JsonDocument header, JsonDocument payload, byte[] signingInput, byte[] signature)
    {
        _header = header;
        _payload = payload;
        SigningInput = signingInput;
        Signature = signature;
    }

    public JsonElement Header => _header.RootElement;

    public JsonElement Payload => _payload.RootElement;

    public byte[] SigningInput { get; }

    public byte[] Signature { get; }

    /// <summary>Takes a token apart.</summary>
    /// <returns>The fault, or <see langword="null"/> where there is none and <paramref name="token"/> is set.</returns>
    public static string? Read(ReadOnlySpan<byte> text, out CompactToken? token)
    {
        token = null;
        var first = text.IndexOf(Dot);
        var last = text.LastIndexOf(Dot);

        // Three segments and no other count: with five it is encrypted (JWE), and nothing here decrypts or inflates.
        if (first <= 0 || last <= first + 1 || last == text.Length - 1 || text[(first + 1)..last].Contains(Dot))
        {
            return TokenFaults.Segments;
        }

        if (!Base64UrlText.TryDecode(text[..first], out var header)
            || !Base64UrlText.TryDecode(text[(first + 1)..last], out var payload)
            || !Base64UrlText.TryDecode(text[(last + 1)..], out var signature))
        {
            return TokenFaults.Encoding;
        }

        if (ParseObject(header) is not { } headerDocument)
        {
            return TokenFaults.Header;
        }

        if (ParseObject(payload) is not { } payloadDocument)
        {
            headerDocument.Dispose();
            return TokenFaults.Payload;
        }

        token = new CompactToken(headerDocument, payloadDocument, text[..last].ToArray(), signature);
        return null;
    }

    public void Dispose()
    {
        _header.Dispose();
        _payload.Dispose();
    }

    private static JsonDocument? ParseObject(byte[] json)
    {
        // Repeated members are refused at every depth: two parsers may each believe another one (RFC 8725, 2.4).
        if (!Utf8.IsValid(json) || !HasPlainText(json))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Half a surrogate pair can't be a .NET string at all, and U+0000 can't be stored in PostgreSQL: refused here, so
    // that no reader of a claim has to know. Both can stand in valid JSON only as an escape.
    private static bool HasPlainText(byte[] json)
    {
        if (json.AsSpan().IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.GetString()!.Contains('\0'))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
