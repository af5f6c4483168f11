using Microsoft.AspNetCore.Http;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Answers a request with an error in the shape of its surface.</summary>
internal sealed class SurfaceErrorResult(ErrorReport report) : IResult, IStatusCodeHttpResult
{
    public ErrorReport Report { get; } = report;

    public int? StatusCode => Report.Status;

    public Task ExecuteAsync(HttpContext httpContext) => SurfaceErrors.WriteAsync(httpContext, Report);
}
