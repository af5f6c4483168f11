using System.Security.Cryptography;
using FsCheck.Fluent;
using Switchyard.ReferenceHost.Configuration;
using Switchyard.ReferenceHost.Hosting;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

public sealed class MasterKeySecretProtectorTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly MasterKeySecretProtector _protector = Protector(Key);

    [Fact]
    public void A_text_opens_for_its_purpose_with_the_same_master_key_and_never_else() => Property.Holds(
        from secret in Gen.Frequency((1, Gen.Constant("")), (5, Gen.Elements('a', '"', '\n', 'ü', '€', '\u0000').ArrayOf().Select(letters => new string(letters))))
        from purpose in Gen.Elements("headers", "signing", "ünïcode")
        select (Secret: secret, Purpose: purpose),
        value => value.Secret.Length == 0 ? "empty" : "text",
        ["text", "empty"],
        value =>
        {
            var sealedSecret = _protector.Protect(value.Purpose, value.Secret);

            Assert.Equal(value.Secret, Protector(Key).Unprotect(value.Purpose, sealedSecret));
            Assert.NotEqual(sealedSecret, _protector.Protect(value.Purpose, value.Secret));
            Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect(value.Purpose + "x", sealedSecret));
            Assert.ThrowsAny<CryptographicException>(() => Protector(Convert.ToBase64String(new byte[32])).Unprotect(value.Purpose, sealedSecret));
        });

    [Fact]
    public void One_changed_character_opens_nothing()
    {
        var sealedSecret = _protector.Protect("headers", "Bearer api-key-1");
        for (var at = 0; at < sealedSecret.Length; at++)
        {
            var changed = $"{sealedSecret[..at]}{(sealedSecret[at] == 'A' ? 'B' : 'A')}{sealedSecret[(at + 1)..]}";

            Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect("headers", changed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("m1.")]
    [InlineData("m1.AAAA")]
    [InlineData("m1.!!!!")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_text_that_was_never_sealed_opens_to_nothing(string text) =>
        Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect("headers", text));

    private static MasterKeySecretProtector Protector(string key) => new(MasterKey.TryParse(key)!);
}
