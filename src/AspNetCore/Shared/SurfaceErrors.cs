using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Writes errors in the shape of the surface that owns the request's path.</summary>
internal static class SurfaceErrors
{
    private const string ContentType = "application/json; charset=utf-8";

    /// <summary>Writes an error; headers that are set already (WWW-Authenticate, Allow, Retry-After) stay.</summary>
    public static Task WriteAsync(HttpContext context, ErrorReport report)
    {
        var surface = context.RequestServices.GetRequiredService<ErrorSurfaceMap>().Find(context.Request.Path)
            ?? throw new InvalidOperationException(
                $"No IErrorSurface claims a prefix of '{context.GetEndpoint()?.DisplayName}'. Register one: services.AddSingleton<IErrorSurface, ...>().");
        return WriteAsync(context, surface, report);
    }

    /// <summary>Writes an error in a given shape.</summary>
    public static async Task WriteAsync(HttpContext context, IErrorSurface surface, ErrorReport report)
    {
        var response = context.Response;
        if (report.Status == StatusCodes.Status500InternalServerError)
        {
            report = report with { TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier };
        }

        var body = surface.Format(report);
        response.StatusCode = report.Status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (report.Status == StatusCodes.Status413PayloadTooLarge && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // What is left of the body isn't worth reading only to keep the connection.
            response.Headers[HeaderNames.Connection] = "close";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
