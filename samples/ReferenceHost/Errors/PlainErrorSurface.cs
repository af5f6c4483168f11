using Switchyard.Errors;

namespace Switchyard.ReferenceHost.Errors;

/// <summary>Writes <c>{"error": …}</c> for every path that no surface owns.</summary>
internal sealed class PlainErrorSurface : IErrorSurface
{
    public IReadOnlyList<string> Prefixes { get; } = ["/"];

    public ReadOnlyMemory<byte> Format(ErrorReport report) => JsonError.Write(writer =>
    {
        writer.WriteString("error", string.Join("; ", report.Messages));
        writer.WriteTrace("traceId", report.TraceId);
    });
}
