using Microsoft.AspNetCore.Http;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Knows code and message of the errors that no handler words itself: those of routing, authentication and the server.</summary>
internal static class SurfaceErrorDefaults
{
    private static readonly Dictionary<int, (string Code, string Message)> ByStatus = new()
    {
        [StatusCodes.Status400BadRequest] = ("bad_request", "The request is malformed."),
        [StatusCodes.Status401Unauthorized] = ("unauthorized", "The request needs a valid access token."),
        [StatusCodes.Status403Forbidden] = ("forbidden", "The credentials of the request do not allow this."),
        [StatusCodes.Status404NotFound] = ("not_found", "There is nothing at this address."),
        [StatusCodes.Status405MethodNotAllowed] = ("method_not_allowed", "This address does not answer to this method."),
        [StatusCodes.Status408RequestTimeout] = ("request_timeout", "The request took too long to arrive."),
        [StatusCodes.Status409Conflict] = ("conflict", "The request conflicts with the current state."),
        [StatusCodes.Status411LengthRequired] = ("length_required", "The request needs a Content-Length header."),
        [StatusCodes.Status413PayloadTooLarge] = ("payload_too_large", "The body is larger than this address accepts."),
        [StatusCodes.Status414UriTooLong] = ("uri_too_long", "The address is too long."),
        [StatusCodes.Status415UnsupportedMediaType] = ("unsupported_media_type", "The body must be application/json, without a content encoding."),
        [StatusCodes.Status422UnprocessableEntity] = ("unprocessable", "The request can't be processed."),
        [StatusCodes.Status429TooManyRequests] = ("rate_limited", "Too many requests; try again later."),
        [StatusCodes.Status431RequestHeaderFieldsTooLarge] = ("headers_too_large", "The headers are too large."),
        [StatusCodes.Status500InternalServerError] = ("internal_error", "Something failed on our side."),
        [StatusCodes.Status503ServiceUnavailable] = ("service_unavailable", "This part of the service is not available now."),
    };

    /// <summary>Makes the report of a status.</summary>
    public static ErrorReport For(int status) =>
        ByStatus.TryGetValue(status, out var words)
            ? new ErrorReport(status, words.Code, words.Message)
            : For(status < 500 ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError) with { Status = status };
}
