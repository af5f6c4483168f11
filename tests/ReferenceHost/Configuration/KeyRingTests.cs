using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.ReferenceHost.Hosting;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Configuration;

public sealed class KeyRingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_protected_before_a_restart_is_opened_after_it()
    {
        string sealedText;
        using (var first = Services())
        {
            sealedText = Protector(first).Protect("hunter2");
        }

        using var second = Services();
        Assert.Equal("hunter2", Protector(second).Unprotect(sealedText));
    }

    [Fact]
    public void The_ring_lies_in_the_data_directory_and_shows_no_key()
    {
        using var services = Services();
        Protector(services).Protect("x");

        var ring = File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Combine("keys", "ring"))));
        Assert.Contains("<sealed", ring, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", ring, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IDataProtector Protector(ServiceProvider services) => services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddKeyRing(SettingsEnvironment.Read(_folder));
        return services.BuildServiceProvider();
    }
}
