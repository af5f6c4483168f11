using Switchyard.ReferenceHost.DevIssuer;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.DevIssuer;

public sealed class DevIssuerKeyTests
{
    [Fact]
    public void The_key_outlives_a_restart_and_is_its_owners_alone()
    {
        using var folder = new TemporaryFolder();
        using var first = DevIssuerKey.FromFolder(folder.Combine("keys"));
        using var second = DevIssuerKey.FromFolder(folder.Combine("keys"));

        Assert.Equal(first.PublicKey, second.PublicKey);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("keys", "dev-issuer.pem")));
        }
    }
}
