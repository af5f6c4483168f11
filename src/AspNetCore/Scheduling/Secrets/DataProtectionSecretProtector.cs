using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Switchyard.Secrets;

namespace Switchyard.AspNetCore.Scheduling.Secrets;

/// <summary>Seals secrets by ASP.NET Core Data Protection, each purpose on its own.</summary>
/// <remarks>All nodes must share key ring and application name, and keys that have expired must be kept: what they sealed stays stored.</remarks>
internal sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    private const string Root = "Switchyard.Secrets.v1";

    public string Protect(string purpose, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentNullException.ThrowIfNull(secret);
        return provider.CreateProtector(Root, purpose).Protect(secret);
    }

    public string Unprotect(string purpose, string sealedSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentNullException.ThrowIfNull(sealedSecret);
        try
        {
            return provider.CreateProtector(Root, purpose).Unprotect(sealedSecret);
        }
        catch (FormatException exception)
        {
            // A text that isn't even base64 is refused by another exception than one that was sealed by others.
            throw new CryptographicException("The text was not sealed by this protector.", exception);
        }
    }
}
