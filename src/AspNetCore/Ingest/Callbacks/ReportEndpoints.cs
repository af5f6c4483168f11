using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Ingest.Documentation;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Maps the routes by which executors report.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder run)
    {
        run.MapPost("/status", ReportStatusAsync).Documented(CallbackDocuments.ReportStatus);
        run.MapPost("/error", ReportErrorAsync).Documented(CallbackDocuments.ReportError);
        run.MapPost("/summary", ReportSummaryAsync).Documented(CallbackDocuments.ReportSummary);
        run.MapPost("/unmatched-ids", ReportUnmatchedIdsAsync).Documented(CallbackDocuments.ReportUnmatchedIds);
    }

    private static async Task<IResult> ReportStatusAsync(string runId, HttpRequest request, CallbackService callbacks, CancellationToken cancellationToken)
    {
        if (!Uid.TryParse(runId, out var run))
        {
            return IngestResults.InvalidUid();
        }

        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return IngestResults.Refused(body.Error);
        }

        var (report, violations) = StatusReportRequest.Read(body.Value);
        return violations.Count > 0
            ? IngestResults.Invalid(violations)
            : IngestResults.Reported(await callbacks.ReportStatusAsync(BearerToken.Read(request), run, report.Action, report.Status, cancellationToken));
    }

    private static async Task<IResult> ReportErrorAsync(string runId, HttpRequest request, CallbackService callbacks, CancellationToken cancellationToken)
    {
        if (!Uid.TryParse(runId, out var run))
        {
            return IngestResults.InvalidUid();
        }

        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return IngestResults.Refused(body.Error);
        }

        var (report, violations) = ErrorReportRequest.Read(body.Value);
        return violations.Count > 0
            ? IngestResults.Invalid(violations)
            : IngestResults.Reported(await callbacks.ReportErrorAsync(
                BearerToken.Read(request), run, report.Code, report.Payload?.GetRawText(), cancellationToken));
    }

    private static async Task<IResult> ReportSummaryAsync(string runId, HttpRequest request, CallbackService callbacks, CancellationToken cancellationToken)
    {
        if (!Uid.TryParse(runId, out var run))
        {
            return IngestResults.InvalidUid();
        }

        var body = await JsonBody.ReadAsync(request);
        if (body.Error is not null)
        {
            return IngestResults.Refused(body.Error);
        }

        return SaysNothing(body.Value)
            ? IngestResults.Reported(null)
            : IngestResults.Reported(await callbacks.ReportSummaryAsync(BearerToken.Read(request), run, body.Value.GetRawText(), cancellationToken));
    }

    private static async Task<IResult> ReportUnmatchedIdsAsync(string runId, HttpRequest request, CallbackService callbacks, CancellationToken cancellationToken)
    {
        if (!Uid.TryParse(runId, out var run))
        {
            return IngestResults.InvalidUid();
        }

        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return IngestResults.Refused(body.Error);
        }

        var (report, violations) = UnmatchedIdsRequest.Read(body.Value);
        return violations.Count > 0
            ? IngestResults.Invalid(violations)
            : IngestResults.Reported(await callbacks.ReportUnmatchedIdsAsync(
                BearerToken.Read(request), run, JsonSerializer.Serialize(report, IngestJson.Context.UnmatchedIdsRequest), cancellationToken));
    }

    // Executors send what they have, be it nothing: null, false, 0 and "" leave the summary as it is.
    private static bool SaysNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        _ => false,
    };
}
