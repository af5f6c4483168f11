namespace PackageConsumer;

/// <summary>Makes hosts on free loopback ports, and waits for what they do.</summary>
internal static class Host
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    /// <summary>Asks until a condition holds, and gives up after a minute unless told otherwise.</summary>
    public static async Task<T> EventuallyAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? patience = null)
        where T : class
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        while (!deadline.IsCancellationRequested)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"It took more than {patience ?? Patience}: {what}.");
    }

    public static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"It doesn't hold: {what}.");
        }
    }
}
