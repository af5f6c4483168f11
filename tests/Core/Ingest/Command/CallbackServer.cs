using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.Ingest.Command;

/// <summary>Serves the callback API and the blobs of a test's host on loopback, so that a real script can use them.</summary>
internal sealed class CallbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CallbackServer(WebApplication app) => _app = app;

    public IngestHost Host { get; set; } = null!;

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");

    public static async Task<CallbackServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new CallbackServer(builder.Build());
        server.Map();
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapGet("/api/earthbeam/auth/{run:guid}/init", async (Guid run, HttpRequest request) =>
            await Host.CallAsync(service => service.InitAsync(Token(request), run)) switch
            {
                CallbackInit.Begun begun => Results.Json(new { token = begun.Token, jobUrl = begun.JobUrl }),
                CallbackInit.Refused refused => Results.StatusCode(refused.Refusal.Status),
                _ => Results.StatusCode(500),
            });
        _app.MapGet("/api/earthbeam/jobs/{run:guid}", async (Guid run, HttpRequest request) =>
            await Host.CallAsync(service => service.GetJobAsync(Token(request), run)) switch
            {
                CallbackJobResult.Found found => Results.Json(new
                {
                    input = found.Job.InputUrls["INPUT_FILE"], output = found.Job.OutputUrls["em-results.json"],
                    status = found.Job.AppUrls.Status, summary = found.Job.AppUrls.Summary, error = found.Job.AppUrls.Error,
                    secret = found.Job.AssessmentDatastore.ClientSecret, type = found.Job.InputParams["TEST_TYPE"],
                }),
                CallbackJobResult.Refused refused => Results.StatusCode(refused.Refusal.Status),
                _ => Results.StatusCode(500),
            });
        _app.MapPost("/api/earthbeam/jobs/{run:guid}/{what}", async (Guid run, string what, HttpRequest request) =>
        {
            var body = (await JsonNode.ParseAsync(request.Body))!;
            var refusal = await Host.CallAsync(service => what switch
            {
                "status" => service.ReportStatusAsync(Token(request), run, (string)body["action"]!, (string)body["status"]!),
                "error" => service.ReportErrorAsync(Token(request), run, (string)body["code"]!, body["payload"]?.ToJsonString()),
                _ => service.ReportSummaryAsync(Token(request), run, body.ToJsonString()),
            });
            return Results.StatusCode(refusal?.Status ?? 201);
        });
        _app.MapGet("/jobs/{**key}", (string key) => Host.Blobs.Get($"jobs/{key}") is { } content ? Results.Bytes(content) : Results.NotFound());
        _app.MapPut("/jobs/{**key}", async (string key, HttpRequest request) =>
        {
            await Host.Blobs.WriteAsync($"jobs/{key}", request.Body, CancellationToken.None);
            return Results.Ok();
        });
    }

    private static string? Token(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) ? header.Parameter : null;
}
