using Switchyard.Errors;

namespace Switchyard.ReferenceHost.Errors;

/// <summary>Writes <c>{detail, error_code, status_code}</c> for the scheduler's routes.</summary>
internal sealed class SchedulerErrorSurface : IErrorSurface
{
    public IReadOnlyList<string> Prefixes { get; } = ["/api", "/webhooks", "/metrics", "/health"];

    public ReadOnlyMemory<byte> Format(ErrorReport report) => JsonError.Write(writer =>
    {
        writer.WriteString("detail", string.Join("; ", report.Messages));
        writer.WriteString("error_code", report.Code.ToUpperInvariant());
        writer.WriteNumber("status_code", report.Status);
        writer.WriteTrace("trace_id", report.TraceId);
    });
}
