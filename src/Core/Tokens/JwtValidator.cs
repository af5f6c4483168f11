using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Switchyard.Tokens.Jwt;
using Switchyard.Tokens.Keys;

namespace Switchyard.Tokens;

/// <summary>Judges tokens: shape, then policy, then the signature; what was verified once is looked up by its hash.</summary>
internal sealed partial class JwtValidator(
    string name, JwtPolicy policy, IKeyRings rings, TimeProvider time, TokensInstruments instruments, ILogger<JwtValidator> logger) : ITokenValidator
{
    private const int MaxLength = 16 * 1024;

    private static readonly TokenResult NoKeysYet = new TokenResult.Unavailable(TimeSpan.FromSeconds(5));

    public async ValueTask<TokenResult> ValidateAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var ring = await rings.CurrentAsync(cancellationToken).ConfigureAwait(false);
        if (ring is null)
        {
            instruments.OnValidated(name, "unavailable");
            return NoKeysYet;
        }

        if (token.Length is 0 or > MaxLength)
        {
            return Refuse(TokenFaults.Size);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(token.Length);
        try
        {
            return Ascii.FromUtf16(token, buffer, out var length) == OperationStatus.Done
                ? await ValidateAsync(buffer.AsMemory(0, length), ring, cancellationToken).ConfigureAwait(false)
                : Refuse(TokenFaults.Encoding);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private ValueTask<TokenResult> ValidateAsync(ReadOnlyMemory<byte> text, KeyRing ring, CancellationToken cancellationToken)
    {
        var hash = TokenHash.Of(text.Span);
        if (ring.Remembered.Find(hash, time.GetUtcNow()) is { } known)
        {
            instruments.OnValidated(name, "remembered");
            return new(known);
        }

        return ValidateNewAsync(text, hash, ring, cancellationToken);
    }

    private async ValueTask<TokenResult> ValidateNewAsync(ReadOnlyMemory<byte> text, TokenHash hash, KeyRing ring, CancellationToken cancellationToken)
    {
        if (CompactToken.Read(text.Span, out var token) is { } misshapen)
        {
            return Refuse(misshapen);
        }

        using (token)
        {
            var now = time.GetUtcNow();
            if (HeaderCheck.Check(token!.Header, policy, out var algorithm, out var keyId) is { } badHeader)
            {
                return Refuse(badHeader);
            }

            if (PayloadCheck.Check(token.Payload, policy, now, out var expiresAt) is { } badPayload)
            {
                return Refuse(badPayload);
            }

            var signed = await FindSignerAsync(token, algorithm, keyId, ring, cancellationToken).ConfigureAwait(false);
            if (signed.Ring is null)
            {
                return Refuse(signed.Fault);
            }

            var result = new TokenResult.Valid(new VerifiedToken(ClaimReader.Read(token.Payload), expiresAt));
            signed.Ring.Remembered.Add(hash, result, expiresAt + policy.ClockSkew, now);
            instruments.OnValidated(name, "valid");
            return result;
        }
    }

    // A key that isn't there may be newer than ours. Without a kid a bad signature is all that a rotation shows.
    private async ValueTask<(KeyRing? Ring, string Fault)> FindSignerAsync(
        CompactToken token, string algorithm, string? keyId, KeyRing ring, CancellationToken cancellationToken)
    {
        var fault = Verify(ring, token, algorithm, keyId);
        if (fault is null)
        {
            return (ring, "");
        }

        if (fault != TokenFaults.UnknownKey && keyId is not null)
        {
            return (null, fault);
        }

        var newer = await rings.NewerAsync(ring, cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(newer, ring))
        {
            return (null, fault);
        }

        fault = Verify(newer, token, algorithm, keyId);
        return fault is null ? (newer, "") : (null, fault);
    }

    private static string? Verify(KeyRing ring, CompactToken token, string algorithm, string? keyId)
    {
        if (ring.Find(keyId, algorithm) is not { } key)
        {
            return TokenFaults.UnknownKey;
        }

        return key.Verify(algorithm, token.SigningInput, token.Signature) ? null : TokenFaults.Signature;
    }

    private TokenResult.Invalid Refuse(string reason)
    {
        instruments.OnValidated(name, "invalid");
        LogRefused(name, reason);
        return new TokenResult.Invalid(reason);
    }

    [LoggerMessage(EventIds.TokenRefused, LogLevel.Debug, "A token for {Issuer} was refused: {Reason}", EventName = nameof(EventIds.TokenRefused))]
    private partial void LogRefused(string issuer, string reason);
}
