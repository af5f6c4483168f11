using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Switchyard.AspNetCore.Scheduling.Errors;

namespace Switchyard.AspNetCore.Scheduling.Documentation;

/// <summary>Attaches descriptions to routes.</summary>
internal static class RouteDocumentExtensions
{
    private const string Surface = "scheduler.";
    private const string JsonMediaType = "application/json";

    private static readonly int[] TokenErrors = [StatusCodes.Status401Unauthorized, StatusCodes.Status503ServiceUnavailable];

    /// <summary>Names and describes a route that needs a token.</summary>
    /// <param name="route">The route.</param>
    /// <param name="document">What to say of it.</param>
    /// <param name="scheme">The authentication scheme.</param>
    /// <param name="variant">What tells its name from that of the same route at another address.</param>
    /// <remarks>The body is described here and not by <c>Accepts</c>, which makes routing answer 415 before anybody asked who calls.</remarks>
    public static RouteHandlerBuilder Documented(this RouteHandlerBuilder route, RouteDocument document, string scheme, string variant = "")
    {
        Name(route, document, variant, document.Errors.Concat(TokenErrors).Order());
        return route.AddOpenApiOperationTransformer((operation, context, cancellationToken) => DescribeAsync(operation, context, document, scheme, cancellationToken));
    }

    /// <summary>Names and describes a route that anybody may call.</summary>
    public static RouteHandlerBuilder DocumentedOpen(this RouteHandlerBuilder route, RouteDocument document)
    {
        Name(route, document, "", document.Errors);
        return route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Security = [];
            return Task.CompletedTask;
        });
    }

    private static void Name(RouteHandlerBuilder route, RouteDocument document, string variant, IEnumerable<int> errors)
    {
        route.WithName($"{Surface}{document.Name}{variant}").WithSummary(document.Summary).WithTags(document.Tag);
        if (document.Description is not null)
        {
            route.WithDescription(document.Description);
        }

        route.Produces(document.Success.Status, document.Success.Body, document.Success.Body is null ? null : JsonMediaType);
        foreach (var status in errors)
        {
            route.Produces<SchedulingErrorResponse>(status, JsonMediaType);
        }
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, RouteDocument document, string scheme, CancellationToken cancellationToken)
    {
        Secure(operation, context.Document!, scheme);
        foreach (var parameter in document.Parameters)
        {
            (operation.Parameters ??= []).Add(parameter);
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

    private static void Secure(OpenApiOperation operation, OpenApiDocument openApi, string scheme)
    {
        openApi.AddComponent<IOpenApiSecurityScheme>(scheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, openApi)] = [] }];
    }
}
