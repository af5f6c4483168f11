using System.Security.Cryptography;
using System.Text;

namespace Switchyard.ReferenceHost.Configuration;

/// <summary>The one secret of a deployment: keys for each purpose are derived from it by HKDF-SHA256, so that all nodes agree.</summary>
internal sealed class MasterKey
{
    private const int Length = 32;
    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <summary>Reads <c>MASTER_KEY</c>'s text, or gives <see langword="null"/> where it isn't 32 bytes in base64.</summary>
    public static MasterKey? TryParse(string text)
    {
        var bytes = new byte[Length + 3];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Length ? new MasterKey(bytes[..Length]) : null;
    }

    /// <summary>Gets the key that a data directory keeps, made at the first start.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static MasterKey FromFolder(string keys)
    {
        var path = Path.Combine(keys, "master.key");
        var kept = KeptSecret.GetOrCreate(path, () => Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length))));
        return TryParse(Encoding.ASCII.GetString(kept).Trim())
            ?? throw new InvalidDataException($"{path} doesn't hold 32 bytes in base64");
    }

    /// <summary>Derives the 32-byte key of one purpose.</summary>
    /// <param name="label">The purpose; once data was signed with it, it never changes.</param>
    public byte[] Derive(string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Length, info: Encoding.UTF8.GetBytes(label));

    /// <summary>Derives the key that signs blob URLs.</summary>
    public byte[] BlobUrlKey() => Derive("switchyard/blob-urls/v1");

    /// <summary>Derives the key that signs the tokens of executors that call back.</summary>
    public byte[] CallbackTokenKey() => Derive("switchyard/callback-tokens/v1");

    /// <summary>Derives the secret that scheduler tokens are signed with in Development, as text: its UTF-8 bytes are the key.</summary>
    public string SchedulerTokenSecret() => Convert.ToBase64String(Derive("switchyard/scheduler-tokens/v1"));

    /// <summary>Derives the key that seals one stored secret.</summary>
    /// <param name="purpose">What the secret is for.</param>
    /// <param name="salt">Random bytes that are stored with it.</param>
    public byte[] SecretKey(string purpose, ReadOnlySpan<byte> salt)
    {
        var key = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, key, salt, Encoding.UTF8.GetBytes($"switchyard/secrets/v1/{purpose}"));
        return key;
    }
}
