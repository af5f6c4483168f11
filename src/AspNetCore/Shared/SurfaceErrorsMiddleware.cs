using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Gives every error without a body, and every unhandled exception, the shape of the surface that owns the path.</summary>
/// <remarks>Paths that no surface claims pass through untouched, exceptions included.</remarks>
internal sealed partial class SurfaceErrorsMiddleware(RequestDelegate next, ErrorSurfaceMap surfaces, ILogger<SurfaceErrorsMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (surfaces.Find(context.Request.Path) is not { } surface)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            if (SurfaceFailure.Apply(exception, context))
            {
                LogUnhandled(logger, exception, context.GetEndpoint()?.DisplayName, context.Response.StatusCode);
            }
        }

        if (IsEmptyError(context))
        {
            await SurfaceErrors.WriteAsync(context, surface, SurfaceErrorDefaults.For(context.Response.StatusCode));
        }
    }

    private static bool IsEmptyError(HttpContext context)
    {
        var response = context.Response;
        return !response.HasStarted
            && response.StatusCode is >= 400 and < 600 and not SurfaceFailure.ClientClosedRequest
            && response.ContentLength is (null or 0)
            && string.IsNullOrEmpty(response.ContentType);
    }

    [LoggerMessage(SurfaceEventIds.Unhandled, LogLevel.Error, "Unhandled failure in {Endpoint}; answered {Status}", EventName = nameof(SurfaceEventIds.Unhandled))]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string? endpoint, int status);
}
