using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.AspNetCore.Ingest.Tests.Http;

namespace Switchyard.AspNetCore.Ingest.Tests;

/// <summary>Walks all routes; one that isn't listed here fails.</summary>
public sealed class RouteWalkTests
{
    private const string Clients = "ingest: scope=create:jobs";
    private const string Executors = "ingest: scope=execute:jobs";
    private const string InitToken = "ingest-callback-init: run";
    private const string AccessToken = "ingest-callback-access: run";

    private static readonly string[] Expected =
    [
        $"GET /api/earthbeam/auth/{{runId}}/init | ingest.initRun | {InitToken}",
        $"GET /api/earthbeam/jobs/{{runId}} | ingest.getRunJob | {AccessToken}",
        $"GET /api/v1/jobs | ingest.listJobs | {Clients}",
        $"GET /api/v1/jobs/{{uid}} | ingest.getJob | {Clients}",
        $"POST /api/earthbeam/jobs/{{runId}}/error | ingest.reportError | {AccessToken}",
        $"POST /api/earthbeam/jobs/{{runId}}/status | ingest.reportStatus | {AccessToken}",
        $"POST /api/earthbeam/jobs/{{runId}}/summary | ingest.reportSummary | {AccessToken}",
        $"POST /api/earthbeam/jobs/{{runId}}/unmatched-ids | ingest.reportUnmatchedIds | {AccessToken}",
        $"POST /api/earthbeam/next | ingest.nextRun | {Executors}",
        $"POST /api/v1/jobs | ingest.createJob | {Clients}",
        $"POST /api/v1/jobs/{{uid}}/start | ingest.startJob | {Clients}",
        $"POST /api/v1/token/verify | ingest.verifyToken | {Clients}",
    ];

    private static readonly (string? Token, string Role)[] Callers =
    [
        (null, "nobody"),
        ("garbage", "bad token"),
        (TokenOf.NoScope, "no scope"),
        (TokenOf.Acme, "client"),
        (TokenOf.Executor, "executor"),
    ];

    [Fact]
    public async Task Every_route_is_listed_with_who_may_call_it()
    {
        await using var app = await IngestApp.StartAsync();

        var actual = Endpoints(app).Select(Describe).Order(StringComparer.Ordinal);

        Assert.Equal(Expected, actual);
    }

    [Fact]
    public async Task Nobody_gets_past_the_policy_of_any_route()
    {
        await using var app = await IngestApp.StartAsync();

        foreach (var endpoint in Endpoints(app))
        {
            foreach (var (token, role) in Callers)
            {
                var expected = StatusFor(Describe(endpoint).Split(" | ")[2], role);
                var answer = await app.SendAsync(
                    new HttpMethod(MethodOf(endpoint)), PathOf(endpoint), token, IngestApp.Content("{"u8.ToArray(), "text/plain"));

                Assert.True(
                    expected is { } status ? answer.Status == status : answer.Status is not (401 or 403),
                    $"{MethodOf(endpoint)} {endpoint.RoutePattern.RawText} for {role}: {answer.Status}");
            }
        }
    }

    [Fact]
    public async Task Every_route_is_503_where_the_surface_is_off_but_401_without_a_token()
    {
        await using var app = await IngestApp.StartAsync(disabled: true);

        foreach (var endpoint in Endpoints(app).Where(endpoint => Describe(endpoint).Contains("| ingest:", StringComparison.Ordinal)))
        {
            var without = await app.SendAsync(new HttpMethod(MethodOf(endpoint)), PathOf(endpoint), token: null, content: null);
            var with = await app.SendAsync(new HttpMethod(MethodOf(endpoint)), PathOf(endpoint), TokenOf.Acme, content: null);

            without.IsError(401, "unauthorized", "Unauthorized", "The request needs a valid access token.");
            Assert.Equal("Bearer", without.Header("WWW-Authenticate"));
            with.IsError(503, "service_unavailable", "Service Unavailable", "This part of the service is not available now.");
            Assert.Equal("30", with.Header("Retry-After"));
        }
    }

    private static int? StatusFor(string policy, string role) => (policy, role) switch
    {
        (_, "nobody" or "bad token") => 401,
        (Clients, "client") or (Executors, "executor") => null,
        (Clients or Executors, _) => 403,
        _ => 401,
    };

    private static IEnumerable<RouteEndpoint> Endpoints(IngestApp app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>();

    private static string MethodOf(RouteEndpoint endpoint) => Assert.Single(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods);

    private static string PathOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!
        .Replace("{uid}", Guid.Empty.ToString(), StringComparison.Ordinal)
        .Replace("{runId}", Guid.Empty.ToString(), StringComparison.Ordinal);

    private static string Describe(RouteEndpoint endpoint)
    {
        var policy = Assert.Single(endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>());
        var claim = Assert.Single(policy.Requirements.OfType<ClaimsAuthorizationRequirement>());
        var values = claim.AllowedValues?.Any() == true ? "=" + string.Join(',', claim.AllowedValues) : "";
        Assert.Contains(policy.Requirements, requirement => requirement is DenyAnonymousAuthorizationRequirement);
        return $"{MethodOf(endpoint)} {endpoint.RoutePattern.RawText!.TrimEnd('/')} | {endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName}"
            + $" | {Assert.Single(policy.AuthenticationSchemes)}: {claim.ClaimType}{values}";
    }
}
