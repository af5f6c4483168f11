using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Ingest.Documentation;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Maps the route by which clients try their token.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder endpoints, string scheme) =>
        endpoints.MapPost("/api/v1/token/verify", Verify)
            .RequireScope(scheme, IngestScopes.CreateJobs)
            .Documented(JobDocuments.Verify(scheme));

    private static IResult Verify(ClaimsPrincipal user) =>
        IngestResults.Json(VerifiedTokenResponse.From(TokenCaller.Scopes(user)), IngestJson.Context.VerifiedTokenResponse);
}
