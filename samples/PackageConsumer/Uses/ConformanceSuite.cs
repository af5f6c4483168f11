using PackageConsumer.Snippets;

namespace PackageConsumer.Uses;

/// <summary>Calls two tests of the derived suite; a test project would run them all.</summary>
internal static class ConformanceSuite
{
    public static async Task<string> UseAsync()
    {
        await RunAsync(tests => tests.Enqueued_job_is_found_with_everything_that_was_asked());
        await RunAsync(tests => tests.Expired_lease_is_never_revived());
        return "two obligations of a job store hold";
    }

    private static async Task RunAsync(Func<MyJobStoreTests, Task> test)
    {
        await using var tests = new MyJobStoreTests();
        await tests.InitializeAsync();
        await test(tests);
    }
}
