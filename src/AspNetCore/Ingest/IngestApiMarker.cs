namespace Switchyard.AspNetCore.Ingest;

/// <summary>Tells <c>MapIngest</c> that <c>AddIngestApi</c> was called.</summary>
internal sealed class IngestApiMarker;
