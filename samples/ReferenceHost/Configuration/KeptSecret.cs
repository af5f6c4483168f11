using System.Runtime.InteropServices;
using System.Text;

namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Keeps secrets as files of their owner's alone (0600), made once even when several hosts start at the same time.</summary>
internal static class KeptSecret
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Gets the bytes of a file; where there is none yet, it is written with what <paramref name="create"/> gives.</summary>
    /// <remarks>The bytes are on the disk before the name is: nobody ever reads half a secret, and of two starters one wins.</remarks>
    public static byte[] GetOrCreate(string path, Func<byte[]> create)
    {
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        CreateFolder(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():n}";
        Write(draft, create());
        Publish(draft, path);
        return File.ReadAllBytes(path);
    }

    private static void Publish(string draft, string path)
    {
        // On Unix File.Move looks first and renames then, so that two starters could both win; a hard link is made once.
        if (!OperatingSystem.IsWindows())
        {
            var failed = Link(Native(draft), Native(path)) != 0;
            var error = Marshal.GetLastPInvokeErrorMessage();
            File.Delete(draft);
            if (failed && !File.Exists(path))
            {
                throw new IOException($"{path} can't be made: {error}");
            }

            return;
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another starter was first: its secret is the secret.
            File.Delete(draft);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static void Write(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    private static byte[] Native(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);
}
