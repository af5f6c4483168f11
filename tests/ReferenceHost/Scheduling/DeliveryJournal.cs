using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>A receiver of webhooks on loopback that writes down what arrives: by its header the identity, by its body which occurrence it is.</summary>
internal sealed class DeliveryJournal : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DeliveryJournal(WebApplication app) => _app = app;

    public ConcurrentQueue<Delivery> Deliveries { get; } = new();

    public Uri Url { get; private set; } = null!;

    public static async Task<DeliveryJournal> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var journal = new DeliveryJournal(app);
        app.MapPost("/hook", journal.TakeAsync);
        await app.StartAsync();
        journal.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook");
        return journal;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = await context.Request.ReadFromJsonAsync<JsonElement>();
        Deliveries.Enqueue(new Delivery(
            Guid.Parse(context.Request.Headers["webhook-id"].ToString()), body.GetProperty("job").GetGuid(), body.GetProperty("at").GetDateTimeOffset()));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>One request that arrived.</summary>
    internal sealed record Delivery(Guid Id, Guid Job, DateTimeOffset At);
}
