namespace Switchyard.ReferenceHost.Docs;

/// <summary>Serves the interactive documentation: Swagger UI at <c>/api</c> and <c>/docs</c>, ReDoc at <c>/redoc</c>, all from embedded assets.</summary>
internal static class DocsPages
{
    private const string ReDoc = "redoc";
    private const string Title = "Switchyard";
    private const string EverythingUrl = $"/openapi/{OpenApiDocuments.Everything}.json";

    /// <summary>Serves the pages.</summary>
    public static IApplicationBuilder UseDocsPages(this IApplicationBuilder app)
    {
        UseSwagger(app, "api");
        UseSwagger(app, "docs");

        // Before the middleware, which would serve the script as it was embedded.
        app.Map($"/{ReDoc}/redoc.standalone.js", branch => branch.Run(context => Results.Bytes(ReDocAssets.Script, "text/javascript").ExecuteAsync(context)));
        return app.UseReDoc(options =>
        {
            options.RoutePrefix = ReDoc;
            options.DocumentTitle = Title;
            options.SpecUrl = EverythingUrl;
            options.IndexStream = ReDocAssets.OpenPage;
        });
    }

    /// <summary>Maps the OpenAPI documents. The pattern knows their names: any other is no route, and answered like every other such.</summary>
    public static void MapDocs(this IEndpointRouteBuilder endpoints)
    {
        var names = string.Join('|', OpenApiDocuments.Surfaces.Keys.Append(OpenApiDocuments.Everything));
        endpoints.MapOpenApi($"/openapi/{{documentName:regex(^({names})$)}}.json").AllowAnonymous();
    }

    private static void UseSwagger(IApplicationBuilder app, string prefix) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = prefix;
        options.DocumentTitle = Title;
        options.SwaggerEndpoint(EverythingUrl, "Everything");
        foreach (var (name, title) in OpenApiDocuments.Surfaces)
        {
            options.SwaggerEndpoint($"/openapi/{name}.json", title);
        }

        options.DisplayRequestDuration();
    });
}
