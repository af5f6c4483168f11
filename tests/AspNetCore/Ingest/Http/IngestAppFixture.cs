using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>One app for all tests of a class, with a route besides that gives back the body that it read.</summary>
public sealed class IngestAppFixture : IAsyncLifetime
{
    internal IngestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await IngestApp.StartAsync(map: routes => routes
        .MapPost("/api/v1/echo", async (HttpRequest request) =>
        {
            var body = await JsonBody.ReadObjectAsync(request);
            return body.Error is null ? TypedResults.Text(body.Value.GetRawText()) : IngestResults.Refused(body.Error);
        })
        .RequireScope("ingest", "create:jobs"));

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
