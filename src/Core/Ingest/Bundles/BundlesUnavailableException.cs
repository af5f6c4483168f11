namespace Switchyard.Ingest.Bundles;

/// <summary>The exception that is thrown when bundles can't be read and no earlier copy of them is there.</summary>
public sealed class BundlesUnavailableException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="BundlesUnavailableException"/> class.</summary>
    public BundlesUnavailableException()
        : this("The bundles can't be read.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BundlesUnavailableException"/> class.</summary>
    public BundlesUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BundlesUnavailableException"/> class.</summary>
    public BundlesUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
