using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Switchyard.Errors;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Writes errors as <c>{message, error, statusCode, code}</c>, plus <c>traceId</c> on 500.</summary>
internal sealed class IngestErrorSurface : IErrorSurface
{
    public IReadOnlyList<string> Prefixes { get; } = ["/api/v1", "/blobs", "/api/earthbeam"];

    public ReadOnlyMemory<byte> Format(ErrorReport report)
    {
        var body = new IngestErrorResponse
        {
            Message = MessageOf(report),
            Error = ReasonPhrases.GetReasonPhrase(report.Status),
            StatusCode = report.Status,
            Code = report.Code,
            TraceId = report.TraceId,
        };
        return JsonSerializer.SerializeToUtf8Bytes(body, IngestJson.Context.IngestErrorResponse);
    }

    /// <summary>Gives a list where a body was checked as a whole, even when one thing alone is wrong with it; else a text.</summary>
    private static JsonNode MessageOf(ErrorReport report) =>
        report.Code == IngestErrorCodes.InvalidRequest || report.Messages.Count != 1
            ? new JsonArray([.. report.Messages.Select(message => JsonValue.Create(message))])
            : JsonValue.Create(report.Messages[0]);
}
