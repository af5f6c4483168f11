using System.Text.Encodings.Web;
using System.Text.Json;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Holds the JSON settings of the wire, which no setting of the host changes.</summary>
internal static class IngestJson
{
    /// <summary>The context. Escapes no more than JSON asks for, so that a signed URL can be copied out of an answer as it is.</summary>
    public static readonly IngestJsonContext Context = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
