using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Switchyard.Ingest.Callbacks;

/// <summary>Makes and checks the tokens that executors call back with: JWTs of one fixed header, HS256.</summary>
internal sealed class CallbackTokens(IOptions<IngestOptions> options, TimeProvider timeProvider)
{
    public static readonly TimeSpan InitLifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(24);

    /// <summary>What every token begins with, so that kept output can be cleared of them.</summary>
    public static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8) + ".";

    private const int MaxLength = 1024;

    public string Make(Guid runUid, string type, long fence)
    {
        var lifetime = type == CallbackToken.Init ? InitLifetime : AccessLifetime;
        var token = new CallbackToken(runUid, type, fence, (timeProvider.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var content = Header + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(token));
        return $"{content}.{Base64Url.EncodeToString(Sign(content))}";
    }

    /// <summary>Reads a token, or gives <see langword="null"/> where it isn't ours, has expired, or is of another type.</summary>
    public CallbackToken? Read(string? text, string type)
    {
        // The header is compared as a whole: no other algorithm can be asked for.
        if (text is not { Length: <= MaxLength } || !text.StartsWith(Header, StringComparison.Ordinal))
        {
            return null;
        }

        var dot = text.LastIndexOf('.');
        if (dot < Header.Length || !IsSigned(text[..dot], text.AsSpan(dot + 1)))
        {
            return null;
        }

        var token = JsonSerializer.Deserialize<CallbackToken>(Base64Url.DecodeFromChars(text.AsSpan(Header.Length, dot - Header.Length)));
        return token is not null && token.Type == type && token.ExpiresAt > timeProvider.GetUtcNow().ToUnixTimeSeconds() ? token : null;
    }

    private bool IsSigned(string content, ReadOnlySpan<char> signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Base64Url.IsValid(signature, out var length)
            && length == given.Length
            && Base64Url.TryDecodeFromChars(signature, given, out _)
            && CryptographicOperations.FixedTimeEquals(given, Sign(content));
    }

    private byte[] Sign(string content)
    {
        var key = options.Value.CallbackKey ?? throw new InvalidOperationException("Set IngestOptions.CallbackKey to at least 32 bytes.");
        return HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content));
    }
}
