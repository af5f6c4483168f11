using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Switchyard.Blobs;

namespace Switchyard.AspNetCore;

/// <summary>Decides the status of an exception that nobody handled.</summary>
internal static class SurfaceFailure
{
    /// <summary>The status that stands in logs for a client that went away; it never reaches a wire.</summary>
    public const int ClientClosedRequest = 499;

    /// <summary>What clients are told to wait where nothing better is known.</summary>
    public const string RetryAfterSeconds = "5";

    /// <summary>Sets the status (and Retry-After) of an exception on a response that has not started.</summary>
    /// <returns>Whether the failure is ours and has to be logged.</returns>
    public static bool Apply(Exception exception, HttpContext context)
    {
        var response = context.Response;
        switch (exception)
        {
            // Checked first: a client that goes away shows as any of several exceptions, all of them its own doing.
            case OperationCanceledException or IOException when context.RequestAborted.IsCancellationRequested:
                response.StatusCode = ClientClosedRequest;
                return false;
            case BadHttpRequestException bad:
                response.StatusCode = bad.StatusCode;
                return false;
            case var _ when IsUnavailable(exception):
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                response.Headers.RetryAfter = RetryAfterSeconds;
                return true;
            default:
                response.StatusCode = StatusCodes.Status500InternalServerError;
                return true;
        }
    }

    /// <summary>Tells whether a store can't be reached now, however deep the exception says so.</summary>
    private static bool IsUnavailable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is BlobStoreUnavailableException or DbException { IsTransient: true })
            {
                return true;
            }
        }

        return false;
    }
}
