using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Ingest.Callbacks;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Documentation;

/// <summary>Describes the routes of executors.</summary>
internal static class CallbackDocuments
{
    private const string Executors = "Executors";

    public static RouteDocument Init { get; } = new()
    {
        Name = "ingest.initRun",
        Tag = Executors,
        Summary = "Begin a run",
        Description = "The init token is good once. The access token of the answer is for all later calls.",
        Scheme = CallbackSchemes.Init,
        Success = (StatusCodes.Status200OK, typeof(InitResponse)),
        Errors = [400, 401, 403, 404, 503],
    };

    public static RouteDocument GetJob { get; } = new()
    {
        Name = "ingest.getRunJob",
        Tag = Executors,
        Summary = "Get what there is to know of a run: files, parameters, data store",
        Scheme = CallbackSchemes.Access,
        Success = (StatusCodes.Status200OK, typeof(CallbackJobResponse)),
        Errors = [400, 401, 403, 404, 503],
    };

    public static RouteDocument ReportStatus { get; } = Report(
        "ingest.reportStatus",
        "Report a step",
        "The action done ends the run: well if its status is success, else as an error.",
        typeof(StatusReportRequest),
        """{ "action": "earthmover_run", "status": "success" }""");

    public static RouteDocument ReportError { get; } = Report(
        "ingest.reportError",
        "Report an error",
        "The run goes on until it is done.",
        typeof(ErrorReportRequest),
        """{ "code": "earthmover_run", "payload": { "line": 12 } }""");

    public static RouteDocument ReportSummary { get; } = Report(
        "ingest.reportSummary",
        "Report counts by resource",
        "Any JSON is taken and kept; null, false, 0 and an empty text are not.",
        typeof(JsonElement),
        """{ "studentAssessments": { "records_processed": 100, "records_skipped": 1, "records_failed": 2 } }""");

    public static RouteDocument ReportUnmatchedIds { get; } = Report(
        "ingest.reportUnmatchedIds",
        "Report identifiers that couldn't be matched",
        null,
        typeof(UnmatchedIdsRequest),
        """{ "name": "studentId", "type": "District", "count": 3 }""");

    public static RouteDocument HandOut(string scheme) => new()
    {
        Name = "ingest.nextRun",
        Tag = Executors,
        Summary = "Take a waiting run, for an executor that asks for work",
        Description = "Answers 204 when no run waits.",
        Scheme = scheme,
        Scopes = [IngestScopes.ExecuteJobs],
        Success = (StatusCodes.Status200OK, typeof(HandedOutRunResponse)),
        Errors = [401, 403, 503],
    };

    private static RouteDocument Report(string name, string summary, string? description, Type body, string example) => new()
    {
        Name = name,
        Tag = Executors,
        Summary = summary,
        Description = description,
        Scheme = CallbackSchemes.Access,
        Success = (StatusCodes.Status201Created, null),
        Errors = [400, 401, 403, 404, 413, 415, 503],
        Body = (body, example),
    };
}
