using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Switchyard.AspNetCore.Ingest.Tests.Http;
using Switchyard.Blobs;

namespace Switchyard.AspNetCore.Ingest.Tests.Shared;

public sealed class SurfaceErrorsTests
{
    private const string Secret = "the-connection-string";

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/API/v1/nothing")]
    [InlineData("/api/earthbeam/nothing")]
    [InlineData("/blobs/nothing")]
    public async Task Unknown_route_is_404_in_the_shape_of_the_surface(string path)
    {
        await using var app = await IngestApp.StartAsync();

        var answer = await app.GetAsync(path, token: null);

        answer.IsError(404, "not_found", "Not Found", "There is nothing at this address.");
    }

    [Fact]
    public async Task Path_that_no_surface_claims_is_left_alone()
    {
        await using var app = await IngestApp.StartAsync();

        var answer = await app.GetAsync("/elsewhere", token: null);

        Assert.Equal((404, ""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("GET", "/api/v1/token/verify", "POST")]
    [InlineData("DELETE", "/api/v1/jobs", "GET, POST")]
    [InlineData("TRACE", "/api/v1/jobs", "GET, POST")]
    [InlineData("PROPFIND", "/api/v1/jobs", "GET, POST")]
    [InlineData("PUT", "/api/earthbeam/next", "POST")]
    public async Task Wrong_method_is_405_with_Allow_and_before_401(string method, string path, string allow)
    {
        await using var app = await IngestApp.StartAsync();

        var answer = await app.SendAsync(new HttpMethod(method), path, token: null, content: null);

        answer.IsError(405, "method_not_allowed", "Method Not Allowed", "This address does not answer to this method.");
        Assert.Equal(allow.Split(", "), answer.Header("Allow")!.Split(", ").Order());
    }

    [Fact]
    public async Task Answer_to_HEAD_has_the_headers_and_no_body()
    {
        await using var app = await IngestApp.StartAsync();

        var answer = await app.SendAsync(HttpMethod.Head, "/api/v1/nothing", token: null, content: null);

        Assert.Equal((404, ""), (answer.Status, answer.Body));
        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.True(answer.ContentHeaders.ContentLength > 0);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Unhandled_exception_is_500_with_a_trace_id_and_no_internals_and_is_logged_once(string environment)
    {
        var logs = new CapturedLogs();
        await using var app = await IngestApp.StartAsync(
            builder => builder.Logging.AddProvider(logs),
            routes => routes.MapGet("/api/v1/fails", void () => throw new InvalidOperationException(Secret)).AllowAnonymous(),
            environment);

        var answer = await app.GetAsync("/api/v1/fails");

        var trace = (string?)answer.Json["traceId"];
        Assert.Matches("^[0-9a-f]{32}$", trace);
        Assert.Equal(
            $$"""{"message":"Something failed on our side.","error":"Internal Server Error","statusCode":500,"code":"internal_error","traceId":"{{trace}}"}""",
            answer.Body);
        Assert.Equal(500, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Single(logs.Lines, line => line.Exception is InvalidOperationException);
    }

    [Fact]
    public async Task Store_that_cannot_be_reached_is_503_with_Retry_After()
    {
        await using var app = await IngestApp.StartAsync(map: routes => routes
            .MapGet("/api/v1/fails", void () => throw new InvalidOperationException("wrapped", new BlobStoreUnavailableException(Secret)))
            .AllowAnonymous());

        var answer = await app.GetAsync("/api/v1/fails");

        answer.IsError(503, "service_unavailable", "Service Unavailable", "This part of the service is not available now.");
        Assert.Equal("5", answer.Header("Retry-After"));
    }

    [Fact]
    public async Task Refusal_of_the_server_keeps_its_status()
    {
        await using var app = await IngestApp.StartAsync(map: routes => routes
            .MapGet("/api/v1/fails", void () => throw new BadHttpRequestException(Secret, StatusCodes.Status413PayloadTooLarge))
            .AllowAnonymous());

        var answer = await app.GetAsync("/api/v1/fails");

        answer.IsError(413, "payload_too_large", "Payload Too Large", "The body is larger than this address accepts.");
    }

    [Fact]
    public async Task Client_that_goes_away_is_no_failure_of_ours()
    {
        var logs = new CapturedLogs();
        var entered = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var app = await IngestApp.StartAsync(
            builder => builder.Logging.AddProvider(logs),
            routes => routes.MapGet("/api/v1/slow", async (HttpContext context) =>
            {
                context.Response.OnCompleted(() =>
                {
                    left.SetResult();
                    return Task.CompletedTask;
                });
                entered.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }).AllowAnonymous());
        using var away = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var request = app.Client.GetAsync("/api/v1/slow", away.Token);
        await entered.Task;
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(logs.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Database_that_cannot_be_reached_now_is_503_and_one_that_fails_is_500()
    {
        await using var app = await IngestApp.StartAsync(map: routes => routes
            .MapGet("/api/v1/fails/{transient}", void (bool transient) => throw new InvalidOperationException("wrapped", new DatabaseFailure(transient)))
            .AllowAnonymous());

        Assert.Equal(503, (await app.GetAsync("/api/v1/fails/true")).Status);
        Assert.Equal(500, (await app.GetAsync("/api/v1/fails/false")).Status);
    }

    [Fact]
    public async Task Error_that_has_a_body_keeps_it()
    {
        await using var app = await IngestApp.StartAsync(map: routes => routes
            .MapGet("/api/v1/own", () => TypedResults.Text("mine", statusCode: 409))
            .AllowAnonymous());

        var answer = await app.GetAsync("/api/v1/own");

        Assert.Equal((409, "mine"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Exception_of_a_path_that_no_surface_claims_is_left_to_the_host()
    {
        var logs = new CapturedLogs();
        await using var app = await IngestApp.StartAsync(
            builder => builder.Logging.AddProvider(logs),
            routes => routes.MapGet("/fails", void () => throw new InvalidOperationException(Secret)).AllowAnonymous());

        var answer = await app.GetAsync("/fails");

        Assert.Equal((500, ""), (answer.Status, answer.Body));
        Assert.DoesNotContain(logs.Lines, line => line.Category.EndsWith("SurfaceErrorsMiddleware", StringComparison.Ordinal));
    }

    private sealed class DatabaseFailure(bool isTransient) : DbException
    {
        public override bool IsTransient => isTransient;
    }
}
