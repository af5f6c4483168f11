using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Switchyard.AspNetCore.Scheduling.Secrets;

namespace Switchyard.AspNetCore.Scheduling.Tests.Secrets;

public sealed class DataProtectionSecretProtectorTests
{
    private readonly DataProtectionSecretProtector _protector = new(new EphemeralDataProtectionProvider());

    [Theory]
    [InlineData("")]
    [InlineData("Bearer api-key")]
    [InlineData("{\"Authorization\":\"Bearer hürde 🔑\"}")]
    public void What_is_sealed_opens_for_its_purpose_and_shows_nothing(string secret)
    {
        var sealedSecret = _protector.Protect("headers", secret);

        Assert.Equal(secret, _protector.Unprotect("headers", sealedSecret));
        Assert.True(secret.Length == 0 || !sealedSecret.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_purpose_opens_nothing()
    {
        var sealedSecret = _protector.Protect("headers", "x");

        Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect("signing", sealedSecret));
    }

    [Fact]
    public void Other_keys_open_nothing()
    {
        var sealedSecret = _protector.Protect("headers", "x");

        Assert.ThrowsAny<CryptographicException>(() => new DataProtectionSecretProtector(new EphemeralDataProtectionProvider()).Unprotect("headers", sealedSecret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("CfDJ8A")]
    public void A_text_that_was_never_sealed_opens_to_nothing(string text) =>
        Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect("headers", text));
}
