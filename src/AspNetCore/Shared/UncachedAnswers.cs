using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore;

/// <summary>Marks answers that hold signed URLs, tokens, secrets or the state of a moment, none of which a cache may keep.</summary>
internal static class UncachedAnswers
{
    /// <summary>Sets the headers; an endpoint filter.</summary>
    public static ValueTask<object?> WriteHeadersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
