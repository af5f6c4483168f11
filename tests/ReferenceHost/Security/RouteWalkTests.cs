using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.ReferenceHost.Tests.Configuration;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Walks all routes of the real host as everybody who may come; a route that isn't listed here fails.</summary>
public sealed class RouteWalkTests
{
    private const string Create = """{"partner":"acme","tenant":"acme","bundle":"assessments/PSAT_SAT","schoolYear":"2526","files":{"INPUT_FILE":"a.csv"},"params":{"TEST_TYPE":"SAT"}}""";
    private const string TokenForm = "grant_type=client_credentials&client_id=dev&client_secret=dev";

    // Columns: anonymous, no scopes, wrong audience, foreign partner, client, executor, init token, access token, scheduler stranger, scheduler owner.
    private static readonly Route[] Expected =
    [
        new("POST", "/api/v1/jobs", Create, [401, 403, 401, 403, 201, 403, 401, 401, 401, 401]),
        new("GET", "/api/v1/jobs", null, [401, 403, 401, 200, 200, 403, 401, 401, 401, 401]),
        new("GET", "/api/v1/jobs/{uid}", null, [401, 403, 401, 404, 200, 403, 401, 401, 401, 401]),
        new("POST", "/api/v1/jobs/{uid}/start", null, [401, 403, 401, 404, 202, 403, 401, 401, 401, 401]),
        new("POST", "/api/v1/token/verify", null, [401, 403, 401, 200, 200, 403, 401, 401, 401, 401]),
        new("POST", "/api/earthbeam/next", null, [401, 403, 401, 403, 403, 200, 401, 401, 401, 401]),
        new("GET", "/api/earthbeam/auth/{runId}/init", null, [401, 401, 401, 401, 401, 401, 200, 401, 401, 401]),
        new("GET", "/api/earthbeam/jobs/{runId}", null, [401, 401, 401, 401, 401, 401, 401, 200, 401, 401]),
        new("POST", "/api/earthbeam/jobs/{runId}/status", """{"action":"a","status":"begin"}""", [401, 401, 401, 401, 401, 401, 401, 201, 401, 401]),
        new("POST", "/api/earthbeam/jobs/{runId}/error", """{"code":"c","payload":{}}""", [401, 401, 401, 401, 401, 401, 401, 201, 401, 401]),
        new("POST", "/api/earthbeam/jobs/{runId}/summary", """{"x":{"records_processed":1}}""", [401, 401, 401, 401, 401, 401, 401, 201, 401, 401]),
        new("POST", "/api/earthbeam/jobs/{runId}/unmatched-ids", """{"name":"n","type":"t"}""", [401, 401, 401, 401, 401, 401, 401, 201, 401, 401]),
        new("PUT", "/blobs/{**key:minlength(1)}", "x", [403, 403, 403, 403, 403, 403, 403, 403, 403, 403]),
        new("GET", "/blobs/{**key:minlength(1)}", null, [403, 403, 403, 403, 403, 403, 403, 403, 403, 403]),
        new("HEAD", "/blobs/{**key:minlength(1)}", null, [403, 403, 403, 403, 403, 403, 403, 403, 403, 403]),
        new("GET", "/dev-issuer/.well-known/openid-configuration", null, [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        new("GET", "/dev-issuer/jwks", null, [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),

        // A client that proves itself by a bearer token and its secret at once is refused (RFC 6749, 2.3).
        new("POST", "/dev-issuer/token", TokenForm, [200, 400, 400, 400, 400, 400, 400, 400, 400, 400]),
        new("GET", "/health", null, [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        new("GET", "/openapi/{documentName}.json", null, [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        new("GET", "/health/detailed", null, [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        new("POST", "/dev-issuer/scheduler-token", """{"sub":"ada"}""", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        .. SchedulerRoutes.All.Select(route => new Route(route.Method, route.Pattern, route.Body, [401, 401, 401, 401, 401, 401, 401, 401, route.Stranger, route.Owner])),
    ];

    [Fact]
    public async Task Every_route_of_the_host_is_listed()
    {
        await using var host = await RunningHost.StartAsync(("JOB_EXECUTOR", "callback"));

        var actual = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method} {PatternOf(endpoint)}"));

        Assert.Equal(Expected.Select(route => $"{route.Method} {route.Pattern}").Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Everybody_gets_the_listed_status_from_every_route_and_errors_in_its_shape()
    {
        await using var host = await RunningHost.StartAsync(("JOB_EXECUTOR", "callback"));
        var callers = await RouteCallers.ArrangeAsync(host);
        List<string> differences = [];

        foreach (var route in Expected)
        {
            for (var column = 0; column < RouteCallers.Names.Count; column++)
            {
                var caller = RouteCallers.Names[column];
                using var request = Request(route, callers, caller);
                using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
                if ((int)answer.StatusCode != route.Statuses[column])
                {
                    differences.Add($"{route.Method} {route.Pattern} for {caller}: {(int)answer.StatusCode}, not {route.Statuses[column]}");
                }
                else if (await WrongAsync(answer, route) is { } wrong)
                {
                    differences.Add($"{route.Method} {route.Pattern} for {caller}: {wrong}");
                }
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task Token_of_one_run_opens_no_other()
    {
        await using var host = await RunningHost.StartAsync(("JOB_EXECUTOR", "callback"));
        var callers = await RouteCallers.ArrangeAsync(host);

        foreach (var route in Expected.Where(route => route.Pattern.Contains("{runId}", StringComparison.Ordinal)))
        {
            var isInit = route.Pattern.EndsWith("/init", StringComparison.Ordinal);
            using var request = Request(route, callers, isInit ? "init token" : "access token", otherRun: true);
            using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(403, (int)answer.StatusCode);
            Assert.Null(await WrongAsync(answer, route));
        }
    }

    // MapOpenApi's pattern lists the documents; which they are is not this table's matter.
    private static string PatternOf(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.StartsWith("/openapi/", StringComparison.Ordinal) ? "/openapi/{documentName}.json" : endpoint.RoutePattern.RawText!.TrimEnd('/');

    private static HttpRequestMessage Request(Route route, RouteCallers callers, string caller, bool otherRun = false)
    {
        var run = (caller == "init token") != otherRun ? callers.FreshRun : callers.BegunRun;
        var path = route.Pattern
            .Replace("{uid}", callers.Job, StringComparison.Ordinal)
            .Replace("{runId}", run, StringComparison.Ordinal)
            .Replace("{documentName}", "ingest", StringComparison.Ordinal)
            .Replace("{id}", SchedulerRoutes.IdIn(route.Pattern, callers), StringComparison.Ordinal)
            .Replace("{**key:minlength(1)}", "jobs/acme/acme/x/input/y", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(route.Method), path + SchedulerRoutes.QueryOf(route.Method, route.Pattern, callers));
        if (route.Body is not null)
        {
            request.Content = new StringContent(SchedulerRoutes.Fill(route.Body, callers), Encoding.UTF8, route.Body == TokenForm ? "application/x-www-form-urlencoded" : "application/json");
        }

        if (callers.Token(caller) is { } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return request;
    }

    /// <summary>Tells what is wrong with an answer beside its status: an error must be in its surface's shape, with the headers that it asks for.</summary>
    private static async Task<string?> WrongAsync(HttpResponseMessage answer, Route route)
    {
        var status = (int)answer.StatusCode;
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (status < 400 || route.Method == "HEAD")
        {
            return status >= 400 && body.Length > 0 ? "a HEAD with a body" : null;
        }

        if (status == 401 && !answer.Headers.WwwAuthenticate.ToString().StartsWith("Bearer", StringComparison.Ordinal))
        {
            return "401 without WWW-Authenticate";
        }

        using var json = JsonDocument.Parse(body);
        var members = string.Join(',', json.RootElement.EnumerateObject().Select(member => member.Name));
        var isRight = route.Pattern.StartsWith("/dev-issuer", StringComparison.Ordinal) ? members == "error,error_description"
            : SchedulerRoutes.All.Any(other => other.Pattern == route.Pattern)
                ? members == "detail,error_code,status_code" && json.RootElement.GetProperty("status_code").GetInt32() == status
                : members == "message,error,statusCode,code" && json.RootElement.GetProperty("statusCode").GetInt32() == status;
        return isRight ? null : $"this body: {body}";
    }

    private sealed record Route(string Method, string Pattern, string? Body, int[] Statuses);
}
