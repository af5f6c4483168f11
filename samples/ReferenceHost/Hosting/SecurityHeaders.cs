namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Adds to every response the headers that keep a browser from doing more with it than it should.</summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Adds the headers; pages that need scripts and styles replace the policy by their own.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Nothing;
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    });
}
