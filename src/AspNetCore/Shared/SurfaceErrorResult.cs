using Microsoft.AspNetCore.Http;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Answers a request with an error in the shape of its surface, and with the headers that its status asks for.</summary>
internal sealed class SurfaceErrorResult(ErrorReport report) : IResult, IStatusCodeHttpResult
{
    /// <summary>The challenge of a bearer token that isn't good (RFC 6750, 3.1).</summary>
    public const string InvalidToken = "Bearer error=\"invalid_token\"";

    public ErrorReport Report { get; } = report;

    public int? StatusCode => Report.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        if (Report.Status == StatusCodes.Status401Unauthorized && headers.WWWAuthenticate.Count == 0)
        {
            headers.WWWAuthenticate = InvalidToken;
        }

        if (Report.Status == StatusCodes.Status503ServiceUnavailable && headers.RetryAfter.Count == 0)
        {
            headers.RetryAfter = SurfaceFailure.RetryAfterSeconds;
        }

        return SurfaceErrors.WriteAsync(httpContext, Report);
    }
}
