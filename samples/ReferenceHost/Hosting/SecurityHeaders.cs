namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Adds to every response the headers that keep a browser from doing more with it than it should.</summary>
internal static class SecurityHeaders
{
    private const string NoContent = "default-src 'none'; frame-ancestors 'none'";

    // The documentation pages style themselves inline, and ReDoc searches in a worker that it makes of a blob.
    private const string Page = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds the headers as a response starts, so that error bodies have them too; a policy that is set already stays.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var response = (HttpResponse)state;
            var isPage = response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.TryAdd("Content-Security-Policy", isPage ? Page : NoContent);
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    });
}
