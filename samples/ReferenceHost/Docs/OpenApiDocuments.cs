using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Switchyard.ReferenceHost.Docs;

/// <summary>Registers the OpenAPI documents: one for each surface, and one of all of them together.</summary>
internal static class OpenApiDocuments
{
    /// <summary>The name of the document that holds every surface.</summary>
    public const string Everything = "v1";

    private const string Scheme = "bearer";

    /// <summary>The surfaces, by the name of their document, with a title for people.</summary>
    public static readonly IReadOnlyDictionary<string, string> Surfaces = new Dictionary<string, string>
    {
        ["ingest"] = "Ingest jobs",
        ["scheduler"] = "Scheduler",
    };

    /// <summary>Adds the documents. An endpoint's group name says which surface's document it belongs to.</summary>
    public static IServiceCollection AddOpenApiDocuments(this IServiceCollection services)
    {
        foreach (var (name, title) in Surfaces)
        {
            services.AddOpenApi(name, options =>
            {
                options.ShouldInclude = endpoint => endpoint.GroupName == name;
                Describe(options, $"Switchyard: {title}");
            });
        }

        return services.AddOpenApi(Everything, options =>
        {
            options.ShouldInclude = _ => true;
            Describe(options, "Switchyard");
        });
    }

    private static void Describe(OpenApiOptions options, string title) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo { Title = title, Version = "v1" };

        // Relative to wherever the document was fetched from: right behind every proxy.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An access token of the issuer that the host trusts.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    });
}
