using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.AspNetCore.Ingest.Documentation;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Maps the routes by which clients create, start and read jobs.</summary>
internal static class JobEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public static void MapJobs(this IEndpointRouteBuilder endpoints, string scheme)
    {
        var jobs = endpoints.MapGroup("/api/v1/jobs").RequireScope(scheme, IngestScopes.CreateJobs);
        jobs.MapPost("", CreateAsync).Documented(JobDocuments.Create(scheme));
        jobs.MapPost("/{uid}/start", StartAsync).Documented(JobDocuments.Start(scheme));
        jobs.MapGet("/{uid}", GetAsync).Documented(JobDocuments.Get(scheme));
        jobs.MapGet("", ListAsync).Documented(JobDocuments.List(scheme));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ClaimsPrincipal user, IngestService service, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadObjectAsync(request);
        if (body.Error is not null)
        {
            return IngestResults.Refused(body.Error);
        }

        if (!IdempotencyKeyHeader.TryRead(request, out var key))
        {
            return IngestResults.InvalidIdempotencyKey();
        }

        var (job, violations) = CreateJobBody.Read(body.Value, key);
        return violations.Count > 0
            ? IngestResults.Invalid(violations)
            : IngestResults.Submitted(await service.SubmitAsync(TokenCaller.Of(user), job, cancellationToken), request);
    }

    private static async Task<IResult> StartAsync(string uid, ClaimsPrincipal user, IngestService service, CancellationToken cancellationToken) =>
        Uid.TryParse(uid, out var job)
            ? IngestResults.Started(await service.StartAsync(TokenCaller.Of(user), job, cancellationToken))
            : IngestResults.InvalidUid();

    private static async Task<IResult> GetAsync(string uid, ClaimsPrincipal user, IngestService service, CancellationToken cancellationToken) =>
        Uid.TryParse(uid, out var job)
            ? IngestResults.Found(await service.FindAsync(TokenCaller.Of(user), job, cancellationToken))
            : IngestResults.InvalidUid();

    private static async Task<IResult> ListAsync(HttpContext context, ClaimsPrincipal user, IngestService service, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        if (!QueryParameters.TryReadText(query, "partner", out var partner, out var error)
            || !QueryParameters.TryReadNumber(query, "skip", (0, 0, int.MaxValue), out var skip, out error)
            || !QueryParameters.TryReadNumber(query, "limit", (DefaultLimit, 1, MaxLimit), out var limit, out error))
        {
            return IngestResults.Refused(error);
        }

        var result = await service.ListAsync(TokenCaller.Of(user), partner, skip, limit, cancellationToken);
        if (result is ListResult.Listed listed)
        {
            context.Response.Headers["X-Total-Count"] = listed.Page.Total.ToString(CultureInfo.InvariantCulture);
        }

        return IngestResults.Listed(result);
    }
}
