using System.Security.Cryptography;
using System.Text;
using Switchyard.Secrets;

namespace Switchyard.Scheduling;

/// <summary>Seals with AES-GCM under a key of the process; the purpose is authenticated along.</summary>
internal sealed class TestProtector : ISecretProtector
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Protect(string purpose, string secret)
    {
        var (nonce, text, tag) = (RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes(secret), new byte[16]);
        using var aes = new AesGcm(_key, tag.Length);
        aes.Encrypt(nonce, text, text, tag, Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String([.. nonce, .. tag, .. text]);
    }

    public string Unprotect(string purpose, string sealedSecret)
    {
        var bytes = Convert.FromBase64String(sealedSecret);
        var text = bytes[28..];
        using var aes = new AesGcm(_key, 16);
        aes.Decrypt(bytes.AsSpan(0, 12), text, bytes.AsSpan(12, 16), text, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(text);
    }
}
