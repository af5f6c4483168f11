using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Switchyard.AspNetCore.Ingest.Documentation;

/// <summary>Attaches descriptions to routes.</summary>
internal static class RouteDocumentExtensions
{
    private const string JsonMediaType = "application/json";

    /// <summary>Names and describes a route.</summary>
    /// <remarks>The body is described here and not by <c>Accepts</c>, which makes routing answer 415 before anybody asked who calls.</remarks>
    public static RouteHandlerBuilder Documented(this RouteHandlerBuilder route, RouteDocument document)
    {
        route.WithName(document.Name).WithSummary(document.Summary).WithTags(document.Tag);
        if (document.Description is not null)
        {
            route.WithDescription(document.Description);
        }

        route.Produces(document.Success.Status, document.Success.Body, document.Success.Body is null ? null : JsonMediaType);
        foreach (var status in document.Errors)
        {
            route.Produces<IngestErrorResponse>(status, JsonMediaType);
        }

        return route.AddOpenApiOperationTransformer((operation, context, cancellationToken) => DescribeAsync(operation, context, document, cancellationToken));
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, RouteDocument document, CancellationToken cancellationToken)
    {
        Secure(operation, context.Document!, document);
        if (document.Parameters.Count > 0)
        {
            operation.Parameters ??= [];
            foreach (var parameter in document.Parameters)
            {
                operation.Parameters.Add(parameter);
            }
        }

        if (document.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [JsonMediaType] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(body.Type, parameterDescription: null, cancellationToken),
                        Example = JsonNode.Parse(body.Example),
                    },
                },
            };
        }
    }

    private static void Secure(OpenApiOperation operation, OpenApiDocument openApi, RouteDocument document)
    {
        openApi.AddComponent<IOpenApiSecurityScheme>(document.Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
        });
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(document.Scheme, openApi)] = [.. document.Scopes] },
        ];
    }
}
