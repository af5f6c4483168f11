namespace Switchyard.Blobs.S3.Tests;

public sealed class S3CallsTests
{
    private static readonly S3Calls Calls = new(TimeProvider.System);

    [Fact]
    public async Task A_time_out_of_the_sdks_own_means_that_the_store_is_out_of_reach()
    {
        var thrown = await Assert.ThrowsAsync<BlobStoreUnavailableException>(
            () => Calls.RunAsync<int>("GET", TimeSpan.FromMinutes(1), _ => throw new TimeoutException("secret.example.org"), TestContext.Current.CancellationToken));

        Assert.Equal("S3 didn't answer GET in time.", thrown.Message);
    }

    [Fact]
    public async Task A_time_out_of_a_call_that_its_caller_gave_up_is_the_callers_cancellation()
    {
        using var source = new CancellationTokenSource();

        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => Calls.RunAsync<int>(
            "GET",
            TimeSpan.FromMinutes(1),
            _ =>
            {
                source.Cancel();
                throw new TimeoutException();
            },
            source.Token));

        Assert.Equal(source.Token, thrown.CancellationToken);
    }
}
