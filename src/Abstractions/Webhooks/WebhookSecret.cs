using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Webhooks;

/// <summary>Represents the key that webhooks are signed with (Standard Webhooks): 24 to 64 bytes, written as <c>whsec_</c> and base64.</summary>
/// <remarks>Immutable. <see cref="ToString"/> shows nothing of the key, so that one in a log does no harm.</remarks>
public sealed class WebhookSecret
{
    /// <summary>What the written form begins with.</summary>
    public const string Prefix = "whsec_";

    /// <summary>The least length of a key, in bytes.</summary>
    public const int MinBytes = 24;

    /// <summary>The greatest length of a key, in bytes.</summary>
    public const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>Gets the key.</summary>
    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Makes a secret of random bytes; take them from <c>RandomNumberGenerator.GetBytes(32)</c>.</summary>
    /// <param name="key">24 to 64 bytes; they are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more bytes.</exception>
    public static WebhookSecret FromBytes(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, MinBytes, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxBytes, nameof(key));
        return new WebhookSecret(key.ToArray());
    }

    /// <summary>Reads the written form.</summary>
    /// <param name="text">The written form; anything but the one spelling of 24 to 64 bytes is refused.</param>
    /// <exception cref="FormatException">The text is no secret. The message doesn't repeat it.</exception>
    public static WebhookSecret Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var secret)
            ? secret
            : throw new FormatException($"A webhook secret is \"{Prefix}\" followed by the base64 of {MinBytes} to {MaxBytes} bytes.");
    }

    /// <summary>Reads the written form, and tells whether it is one.</summary>
    /// <param name="text">The written form.</param>
    /// <param name="secret">The secret.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        Span<byte> key = stackalloc byte[MaxBytes];
        if (text is null
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(text[Prefix.Length..], key, out var written)
            || written < MinBytes)
        {
            return false;
        }

        // Base64 has several spellings of some values (white space, unused bits): one secret is one text here.
        var candidate = new WebhookSecret(key[..written].ToArray());
        secret = candidate.Reveal().Equals(text, StringComparison.Ordinal) ? candidate : null;
        return secret is not null;
    }

    /// <summary>Writes the secret as it is handed to whoever verifies: to be shown once, and never logged.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(_key);

    /// <summary>Gives <c>whsec_***</c>, whatever the key.</summary>
    public override string ToString() => Prefix + "***";
}
