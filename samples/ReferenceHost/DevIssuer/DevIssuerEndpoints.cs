using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>An OpenID issuer for development: discovery, keys, and tokens by client credentials. Not for production.</summary>
internal static class DevIssuerEndpoints
{
    /// <summary>The path below which it lives.</summary>
    public const string Path = "/dev-issuer";

    /// <summary>Adds the issuer's services.</summary>
    public static void AddDevIssuer(this IServiceCollection services, HostSettings settings, string publicUrl)
    {
        services.AddSingleton(new DevIssuerOptions(publicUrl + Path, settings.IngestTokens.Audience ?? publicUrl));
        services.AddSingleton(_ => DevIssuerKey.FromFolder(settings.KeysFolder));
        services.AddSingleton<DevIssuerTokens>();
        if (settings.SignsSchedulerTokens)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SchedulerTokens>(provider, settings.Scheduler.JwtSecret!));
        }
    }

    /// <summary>Maps the issuer's routes, each as long as a surface is left to it.</summary>
    public static void MapDevIssuer(this IEndpointRouteBuilder endpoints, HostSettings settings)
    {
        var group = endpoints.MapGroup(Path).AllowAnonymous().WithTags("Development issuer");
        if (settings.SignsSchedulerTokens)
        {
            group.MapPost("/scheduler-token", SchedulerTokenAsync).WithName("DevIssuer.SchedulerToken").WithSummary("Issues a token for the scheduler to any sub, as a form or as JSON.");
        }

        if (settings.UsesDevIssuer)
        {
            group.MapOpenId();
        }
    }

    private static void MapOpenId(this IEndpointRouteBuilder group)
    {
        group.MapGet("/.well-known/openid-configuration", Discovery).WithName("DevIssuer.Discovery").WithSummary("Describes the issuer (OpenID Connect Discovery 1.0).");
        group.MapGet("/jwks", Keys).WithName("DevIssuer.Keys").WithSummary("Gives the issuer's public keys (RFC 7517).");
        group.MapPost("/token", TokenAsync).WithName("DevIssuer.Token").WithSummary("Issues a token by client credentials (RFC 6749, 4.4), as a form or as JSON.");
    }

    private static IResult Discovery(DevIssuerOptions options) => Json(new JsonObject
    {
        ["issuer"] = options.Issuer,
        ["jwks_uri"] = $"{options.Issuer}/jwks",
        ["token_endpoint"] = $"{options.Issuer}/token",
        ["grant_types_supported"] = new JsonArray("client_credentials"),
        ["response_types_supported"] = new JsonArray(),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post"),
    });

    private static IResult Keys(DevIssuerKey key) => Json(new JsonObject { ["keys"] = new JsonArray(JsonNode.Parse(key.PublicKey)) });

    private static Task<IResult> TokenAsync(HttpContext context, DevIssuerTokens tokens) =>
        AnswerAsync(context, request => tokens.Issue(request, ClientCredentials.Read(context.Request, request)));

    private static Task<IResult> SchedulerTokenAsync(HttpContext context, SchedulerTokens tokens) => AnswerAsync(context, tokens.Issue);

    private static async Task<IResult> AnswerAsync(HttpContext context, Func<TokenRequest, JsonObject> issue)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        try
        {
            return Json(issue(await TokenRequestReader.ReadAsync(context.Request, context.RequestAborted)));
        }
        catch (TokenRequestException refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"dev-issuer\"";
            }

            return Json(new JsonObject { ["error"] = refusal.Error, ["error_description"] = refusal.Message }, refusal.Status);
        }
    }

    private static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(), "application/json", statusCode: status);
}
