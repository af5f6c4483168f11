using Switchyard.ReferenceHost.Configuration;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Configuration;

public sealed class MasterKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Keys => _folder.Combine("keys");

    [Fact]
    public void A_key_is_made_once_and_kept_for_its_owner_alone()
    {
        var first = MasterKey.FromFolder(Keys);
        var second = MasterKey.FromFolder(Keys);

        Assert.Equal(first.BlobUrlKey(), second.BlobUrlKey());
        Assert.Equal([Path.Combine(Keys, "master.key")], Directory.GetFiles(Keys));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Keys, "master.key")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys));
        }
    }

    [Fact]
    public async Task Hosts_that_start_at_once_agree_on_one_key()
    {
        for (var round = 0; round < 20; round++)
        {
            await StartTogetherAsync(_folder.Combine("keys" + round));
        }
    }

    private static async Task StartTogetherAsync(string folder)
    {
        using var go = new Barrier(8);
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                go.SignalAndWait(TestContext.Current.CancellationToken);
                return Convert.ToHexString(MasterKey.FromFolder(folder).BlobUrlKey());
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(keys.Distinct());
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Each_purpose_has_a_key_of_its_own_that_never_changes()
    {
        var key = MasterKey.TryParse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")!;

        // HKDF-SHA256 of the bytes 0 to 31 without salt, computed with another implementation.
        Assert.Equal("FBA58AD15D316CE6ACCC87E6B79605D5E530D33500C1638291B1846DC491AB27", Convert.ToHexString(key.BlobUrlKey()));
        Assert.Equal("6F0D3B1FD1893BE4F25BA6F758F5D4726DD1B83E6F89A0C5964D66BBEEAA2577", Convert.ToHexString(key.CallbackTokenKey()));
    }

    public void Dispose() => _folder.Dispose();
}
