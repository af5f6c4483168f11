using System.Text.Json;
using Switchyard.Errors;

namespace Switchyard.AspNetCore.Scheduling.Errors;

/// <summary>Writes errors as <c>{detail, error_code, status_code}</c>, plus <c>trace_id</c> on 500.</summary>
internal sealed class SchedulingErrorSurface : IErrorSurface
{
    public IReadOnlyList<string> Prefixes { get; } = ["/api", "/webhooks", "/metrics", "/health"];

    public ReadOnlyMemory<byte> Format(ErrorReport report)
    {
        var body = new SchedulingErrorResponse
        {
            Detail = string.Join(' ', report.Messages),
            ErrorCode = SchedulingErrorCodes.Of(report.Code),
            StatusCode = report.Status,
            TraceId = report.TraceId,
        };
        return JsonSerializer.SerializeToUtf8Bytes(body, SchedulingJson.Context.SchedulingErrorResponse);
    }
}
