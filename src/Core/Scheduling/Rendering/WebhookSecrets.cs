using System.Security.Cryptography;
using Switchyard.Secrets;
using Switchyard.Webhooks;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Seals and opens what a webhook keeps secret.</summary>
internal sealed class WebhookSecrets(ISecretProtector protector)
{
    public const string HeadersPurpose = "switchyard.scheduling.webhook-headers";
    public const string SigningPurpose = "switchyard.scheduling.webhook-secret";
    private const int SecretBytes = 32;

    public string? SealHeaders(IReadOnlyList<KeyValuePair<string, string>>? headers) =>
        TextMap.Write(headers) is { } json ? protector.Protect(HeadersPurpose, json) : null;

    public IReadOnlyList<KeyValuePair<string, string>>? OpenHeaders(Webhook webhook) =>
        webhook.SealedHeaders is { } text ? TextMap.Read(protector.Unprotect(HeadersPurpose, text)) : null;

    /// <summary>Opens headers to show or change them: where the keys are lost there are none, so that their owner can set them anew.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? TryOpenHeaders(Webhook webhook)
    {
        try
        {
            return OpenHeaders(webhook);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Makes a signing secret, in the form in which it is shown, and sealed.</summary>
    public (string Shown, string Sealed) Make()
    {
        var secret = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(SecretBytes)).Reveal();
        return (secret, protector.Protect(SigningPurpose, secret));
    }

    /// <summary>Opens the secrets that sign at a time: the current one, and for a while the one before.</summary>
    public IReadOnlyList<WebhookSecret> OpenSecrets(Webhook webhook, DateTimeOffset now)
    {
        var current = Open(webhook.SealedSecret);
        return webhook.SealedOldSecret is { } old && now < webhook.OldSecretUntil && TryOpen(old) is { } before ? [current, before] : [current];
    }

    // A new secret must work although the keys of the old one are lost: that is why it was made.
    private WebhookSecret? TryOpen(string text)
    {
        try
        {
            return Open(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private WebhookSecret Open(string text) => WebhookSecret.Parse(protector.Unprotect(SigningPurpose, text));
}
