using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Switchyard.ReferenceHost.Configuration;
using Switchyard.Secrets;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Seals secrets for the database by AES-256-GCM under keys of the master key's, so that every node opens what any node sealed.</summary>
/// <remarks>Each secret has a key of its own, made from 16 random bytes that are stored with it: no count of secrets repeats a key with a nonce.</remarks>
internal sealed class MasterKeySecretProtector(MasterKey masterKey) : ISecretProtector
{
    private const string Version = "m1.";
    private const int SaltLength = 16;
    private const int TagLength = 16;

    private static readonly byte[] Nonce = new byte[12];

    public string Protect(string purpose, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var all = new byte[SaltLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(all.AsSpan(0, SaltLength));
        using var cipher = new AesGcm(masterKey.SecretKey(purpose, all.AsSpan(0, SaltLength)), TagLength);
        cipher.Encrypt(Nonce, plain, all.AsSpan(SaltLength + TagLength), all.AsSpan(SaltLength, TagLength));
        return Version + Base64Url.EncodeToString(all);
    }

    public string Unprotect(string purpose, string sealedSecret)
    {
        if (!sealedSecret.StartsWith(Version, StringComparison.Ordinal) || !Base64Url.IsValid(sealedSecret.AsSpan(Version.Length)))
        {
            throw Unreadable();
        }

        var all = Base64Url.DecodeFromChars(sealedSecret.AsSpan(Version.Length)).AsSpan();
        if (all.Length < SaltLength + TagLength)
        {
            throw Unreadable();
        }

        var plain = new byte[all.Length - SaltLength - TagLength];
        using var cipher = new AesGcm(masterKey.SecretKey(purpose, all[..SaltLength]), TagLength);
        cipher.Decrypt(Nonce, all[(SaltLength + TagLength)..], all.Slice(SaltLength, TagLength), plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static CryptographicException Unreadable() => new("The text was not sealed by this protector.");
}
