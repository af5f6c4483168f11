using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore.Ingest.Documentation;
using Switchyard.Ingest;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Maps the routes by which executors fetch their runs; <see cref="ReportEndpoints"/> has those by which they report.</summary>
internal static class CallbackEndpoints
{
    public static void MapCallbacks(this IEndpointRouteBuilder endpoints, string scheme)
    {
        var group = endpoints.MapGroup("/api/earthbeam");
        group.MapPost("/next", HandOutAsync).RequireScope(scheme, IngestScopes.ExecuteJobs).Documented(CallbackDocuments.HandOut(scheme))
            .Produces(StatusCodes.Status204NoContent);
        group.MapGet("/auth/{runId}/init", InitAsync).RequireAuthorization(RunToken(CallbackSchemes.Init)).Documented(CallbackDocuments.Init);

        var run = group.MapGroup("/jobs/{runId}").RequireAuthorization(RunToken(CallbackSchemes.Access));
        run.MapGet("", GetJobAsync).Documented(CallbackDocuments.GetJob);
        run.MapReports();
    }

    private static Action<AuthorizationPolicyBuilder> RunToken(string scheme) => policy => policy
        .AddAuthenticationSchemes(scheme)
        .RequireAuthenticatedUser()
        .RequireClaim(CallbackAuthenticationHandler.RunClaim);

    private static async Task<IResult> HandOutAsync(ClaimsPrincipal user, CallbackService callbacks, CancellationToken cancellationToken) =>
        IngestResults.HandedOut(await callbacks.HandOutAsync(TokenCaller.Scopes(user), cancellationToken));

    private static async Task<IResult> InitAsync(string runId, HttpRequest request, CallbackService callbacks, CancellationToken cancellationToken) =>
        Uid.TryParse(runId, out var run)
            ? IngestResults.Begun(await callbacks.InitAsync(BearerToken.Read(request), run, cancellationToken))
            : IngestResults.InvalidUid();

    private static async Task<IResult> GetJobAsync(
        string runId, HttpRequest request, CallbackService callbacks, IOptions<IngestApiOptions> options, CancellationToken cancellationToken) =>
        Uid.TryParse(runId, out var run)
            ? IngestResults.Job(await callbacks.GetJobAsync(BearerToken.Read(request), run, cancellationToken), options.Value.BundleBranch)
            : IngestResults.InvalidUid();
}
