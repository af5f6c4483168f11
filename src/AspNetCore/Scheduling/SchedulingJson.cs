using System.Text.Encodings.Web;
using System.Text.Json;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Holds the JSON settings of the wire, which no setting of the host changes.</summary>
internal static class SchedulingJson
{
    /// <summary>The context. Escapes no more than JSON asks for: names, URLs and templates come back as people wrote them.</summary>
    public static readonly SchedulingJsonContext Context = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
