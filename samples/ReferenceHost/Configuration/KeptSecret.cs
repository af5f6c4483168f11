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
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another starter was first: its secret is the secret.
            File.Delete(draft);
        }

        return File.ReadAllBytes(path);
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
}
