using Switchyard.Errors;

namespace Switchyard.ReferenceHost.Errors;

/// <summary>Writes <c>{"error": …}</c>: for runbooks, which lie below the scheduler's <c>/api</c>, and for every path that nothing else owns.</summary>
internal sealed class PlainErrorSurface : IErrorSurface
{
    public IReadOnlyList<string> Prefixes { get; } = ["/", "/api/runbooks", "/api/batches", "/api/step-results"];

    public ReadOnlyMemory<byte> Format(ErrorReport report) => JsonError.Write(writer =>
    {
        writer.WriteString("error", string.Join("; ", report.Messages));
        writer.WriteTrace("traceId", report.TraceId);
    });
}
