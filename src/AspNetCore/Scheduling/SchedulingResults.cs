using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Switchyard.AspNetCore.Scheduling.Errors;
using Switchyard.Errors;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Maps to HTTP what all routes have in common; each group has its own outcomes beside it.</summary>
internal static class SchedulingResults
{
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(value, type, contentType: null, status);

    /// <summary>Maps a body that couldn't be read, or a query that is wrong.</summary>
    public static IResult Refused(ErrorReport report) => new SurfaceErrorResult(report);

    public static IResult Refused(SchedulingRefusal refusal) => Refused(new ErrorReport(refusal.Status, refusal.Code, refusal.Message));

    /// <summary>Maps a body whose members have wrong types.</summary>
    public static IResult Invalid(IReadOnlyList<string> problems) =>
        Refused(new ErrorReport(StatusCodes.Status400BadRequest, SchedulingErrorCodes.ValidationError, problems));

    public static IResult InvalidId() =>
        Invalid(["The path needs a uuid, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301."]);

    public static IResult Deleted(DeleteResult result) => result switch
    {
        DeleteResult.Deleted => TypedResults.NoContent(),
        DeleteResult.Refused refused => Refused(refused.Refusal),
        _ => throw Unmapped(result),
    };

    /// <summary>Says where what was made can be found.</summary>
    public static void Locate(HttpRequest request, string path) =>
        request.HttpContext.Response.Headers.Location = request.PathBase.ToUriComponent() + path;

    public static InvalidOperationException Unmapped(object result) =>
        new($"The outcome {result.GetType().Name} has no HTTP status; give it one where outcomes are mapped.");
}
