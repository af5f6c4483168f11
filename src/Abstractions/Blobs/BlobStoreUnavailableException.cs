namespace Switchyard.Blobs;

/// <summary>The exception that is thrown when a blob store can't be reached or fails on its side; trying again later may help.</summary>
public sealed class BlobStoreUnavailableException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="BlobStoreUnavailableException"/> class.</summary>
    public BlobStoreUnavailableException()
        : this("The blob store is unavailable.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BlobStoreUnavailableException"/> class.</summary>
    public BlobStoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BlobStoreUnavailableException"/> class.</summary>
    public BlobStoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
