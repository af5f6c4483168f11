namespace Switchyard.Blobs.FileSystem;

/// <summary>Turns what a disk can do to us (full, gone, read-only, damaged) into the one exception of the port.</summary>
internal static class DiskFailure
{
    public static void Guard(Action action) => Guard(() =>
    {
        action();
        return true;
    });

    public static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            throw Translate(exception);
        }
    }

    public static Task GuardAsync(Func<Task> action) => GuardAsync(async () =>
    {
        await action().ConfigureAwait(false);
        return true;
    });

    public static async Task<T> GuardAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            throw Translate(exception);
        }
    }

    private static bool IsDiskFailure(Exception exception) =>
        exception is IOException and not BlobStoreUnavailableException or UnauthorizedAccessException;

    private static BlobStoreUnavailableException Translate(Exception exception) =>
        new("The folder of the blobs can't be read or written.", exception);
}
