using System.Security.Cryptography;

namespace Switchyard.Secrets;

/// <summary>Encrypts secrets for the database. Adapters: ASP.NET Core Data Protection in <c>Switchyard.AspNetCore.Scheduling</c>, or a key vault of yours.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts a secret.</summary>
    /// <param name="purpose">What it is for; a secret opens for the purpose alone that it was sealed for.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>A text that may be stored.</returns>
    string Protect(string purpose, string secret);

    /// <summary>Decrypts a secret.</summary>
    /// <param name="purpose">What it was sealed for.</param>
    /// <param name="sealedSecret">What <see cref="Protect"/> gave.</param>
    /// <exception cref="CryptographicException">It was sealed by other keys, for another purpose, or was changed.</exception>
    string Unprotect(string purpose, string sealedSecret);
}
