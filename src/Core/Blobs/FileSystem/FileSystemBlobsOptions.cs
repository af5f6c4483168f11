using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Blobs.FileSystem;

/// <summary>Configures blobs on the file system.</summary>
public sealed class FileSystemBlobsOptions
{
    /// <summary>Gets or sets the folder that holds the blobs. Made at start where it isn't there. Required.</summary>
    public string? Directory { get; set; }

    /// <summary>Gets or sets the base URL of the host as clients see it, such as <c>https://api.example.org</c>. Required.</summary>
    /// <remarks>Read whenever a URL is signed, so a host that learns its port late may set it late.</remarks>
    public Uri? PublicUrl { get; set; }

    /// <summary>Gets or sets the key that signs URLs: 32 random bytes or more, the same on every node. Required.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Options are set once, from bytes.")]
    public byte[]? SigningKey { get; set; }

    /// <summary>Gets or sets the path below which the host serves blobs.</summary>
    /// <value>The default value is <c>/blobs</c>.</value>
    public string PathPrefix { get; set; } = "/blobs";

    /// <summary>Gets or sets how old a file must be before the sweep at start takes it for what a crashed upload left behind.</summary>
    /// <value>The default value is 24 hours.</value>
    public TimeSpan LeftoverAge { get; set; } = TimeSpan.FromHours(24);
}
