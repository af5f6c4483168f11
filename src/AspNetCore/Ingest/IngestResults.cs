using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Ingest.Callbacks;
using Switchyard.AspNetCore.Ingest.Jobs;
using Switchyard.Errors;
using Switchyard.Ingest;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Maps outcomes to HTTP: the one place that does.</summary>
internal static class IngestResults
{
    public static IResult Submitted(SubmitResult result, HttpRequest request) => result switch
    {
        SubmitResult.Accepted accepted => Created(accepted.Job, accepted.UploadUrls, request),
        SubmitResult.Repeated repeated => Created(repeated.Job, repeated.UploadUrls, request),
        SubmitResult.Refused refused => Refused(refused.Refusal),
        _ => throw Unmapped(result),
    };

    public static IResult Started(StartResult result) => result switch
    {
        StartResult.Started => TypedResults.StatusCode(StatusCodes.Status202Accepted),
        StartResult.Refused refused => Refused(refused.Refusal),
        _ => throw Unmapped(result),
    };

    /// <summary>Maps a job that was looked for: one that isn't there and one that isn't the caller's can't be told apart.</summary>
    public static IResult Found(IngestJob? job) => job is null
        ? Refuse(StatusCodes.Status404NotFound, "job_not_found", "There is no such job.")
        : Json(JobResponse.WithRuns(job), IngestJson.Context.JobResponse);

    public static IResult Listed(ListResult result) => result switch
    {
        ListResult.Listed listed => Json([.. listed.Page.Jobs.Select(JobResponse.InList)], IngestJson.Context.IReadOnlyListJobResponse),
        ListResult.Refused refused => Refused(refused.Refusal),
        _ => throw Unmapped(result),
    };

    public static IResult Begun(CallbackInit result) => result switch
    {
        CallbackInit.Begun begun => Json(InitResponse.From(begun), IngestJson.Context.InitResponse),
        CallbackInit.Refused refused => Refused(refused.Refusal),
        _ => throw Unmapped(result),
    };

    public static IResult Job(CallbackJobResult result, string bundleBranch) => result switch
    {
        CallbackJobResult.Found found => Json(CallbackJobResponse.From(found.Job, bundleBranch), IngestJson.Context.CallbackJobResponse),
        CallbackJobResult.Refused refused => Refused(refused.Refusal),
        _ => throw Unmapped(result),
    };

    public static IResult Reported(IngestRefusal? refusal) =>
        refusal is null ? TypedResults.StatusCode(StatusCodes.Status201Created) : Refused(refusal);

    public static IResult HandedOut(HandOutResult result) => result switch
    {
        HandOutResult.HandedOut run => Json(HandedOutRunResponse.From(run), IngestJson.Context.HandedOutRunResponse),
        HandOutResult.NothingWaits => TypedResults.NoContent(),
        HandOutResult.Refused refused => Refused(refused.Refusal),
        _ => throw Unmapped(result),
    };

    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(value, type, contentType: null, status);

    /// <summary>Maps a body that couldn't be read, or a query that is wrong.</summary>
    public static IResult Refused(ErrorReport report) => new SurfaceErrorResult(report);

    /// <summary>Maps a body whose members are wrong.</summary>
    public static IResult Invalid(IReadOnlyList<string> violations) =>
        Refused(new ErrorReport(StatusCodes.Status400BadRequest, IngestErrorCodes.InvalidRequest, violations));

    public static IResult InvalidUid() => Refuse(
        StatusCodes.Status400BadRequest, IngestErrorCodes.InvalidUid, "The path needs a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.");

    public static IResult InvalidIdempotencyKey() => Refuse(
        StatusCodes.Status400BadRequest,
        IngestErrorCodes.InvalidIdempotencyKey,
        "The Idempotency-Key header must be given once, with 1 to 255 visible ASCII characters.");

    private static SurfaceErrorResult Refused(IngestRefusal refusal) => Refuse(refusal.Status, refusal.Code, refusal.Message);

    private static SurfaceErrorResult Refuse(int status, string code, string message) => new(new ErrorReport(status, code, message));

    private static IResult Created(IngestJob job, IReadOnlyDictionary<string, Uri> uploadUrls, HttpRequest request)
    {
        request.HttpContext.Response.Headers.Location = $"{request.PathBase.ToUriComponent()}/api/v1/jobs/{job.Uid}";
        return Json(CreatedJobResponse.From(job, uploadUrls), IngestJson.Context.CreatedJobResponse, StatusCodes.Status201Created);
    }

    private static InvalidOperationException Unmapped(object result) =>
        new($"The outcome {result.GetType().Name} has no HTTP status; give it one in {nameof(IngestResults)}.");
}
