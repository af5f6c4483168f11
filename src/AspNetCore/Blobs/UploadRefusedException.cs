namespace Switchyard.AspNetCore.Blobs;

/// <summary>Ends a write from within the stream that it reads, so that the store drops what it has; never leaves this package.</summary>
internal sealed class UploadRefusedException(int status) : Exception($"The upload was refused with {status}.")
{
    public int Status => status;
}
