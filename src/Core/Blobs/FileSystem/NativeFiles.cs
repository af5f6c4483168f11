using System.Runtime.InteropServices;

namespace Switchyard.Blobs.FileSystem;

/// <summary>The two file system calls that .NET doesn't have: hard links, and fsync of a folder.</summary>
internal static partial class NativeFiles
{
    private const int NoEntry = 2;
    private const int IoError = 5;
    private const int NoSpace = 28;

    public static LinkResult HardLink(string existing, string link)
    {
        var linked = OperatingSystem.IsWindows() ? CreateHardLink(link, existing, 0) : Link(existing, link) == 0;
        return linked ? LinkResult.Linked
            : Marshal.GetLastPInvokeError() is NoEntry ? LinkResult.SourceMissing
            : LinkResult.Unsupported;
    }

    /// <summary>Makes the names in a folder durable, where the system can.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException("A folder couldn't be opened to make its names durable.");
        }

        var failed = Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() is IoError or NoSpace;
        _ = Close(descriptor);
        if (failed)
        {
            throw new IOException("The names in a folder couldn't be made durable.");
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string link);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string link, string existing, nint security);
}

/// <summary>How an attempt to link a file ended.</summary>
internal enum LinkResult
{
    /// <summary>The file has a second name.</summary>
    Linked,

    /// <summary>There was nothing to link.</summary>
    SourceMissing,

    /// <summary>The file system has no hard links, or no more for this file: copy instead.</summary>
    Unsupported,
}
