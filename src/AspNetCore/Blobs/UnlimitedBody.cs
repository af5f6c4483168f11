using Microsoft.AspNetCore.Http.Metadata;

namespace Switchyard.AspNetCore.Blobs;

/// <summary>Takes the server's own limit off an endpoint: the limit that the URL was signed with counts instead.</summary>
internal sealed class UnlimitedBody : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => null;
}
