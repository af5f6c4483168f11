using Switchyard.AspNetCore.WebhookReceiver;

namespace PackageConsumer.Snippets;

internal static class AspNetCoreWebhookReceiver
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddWebhookReceiver(o => o.Secrets.Add(builder.Configuration["WEBHOOK_SECRET"]!));

        var app = builder.Build();
        app.MapWebhookReceiver("/hooks/switchyard", async (delivery, cancellationToken) =>
        {
            await File.WriteAllBytesAsync($"{delivery.Id}.json", delivery.Body.ToArray(), cancellationToken);
        });
        return app;
    }

    public static void AddTyped(WebApplicationBuilder builder, WebApplication app)
    {
        builder.Services.AddScoped<OrderHandler>();
        app.MapWebhookReceiver<OrderHandler>("/hooks/orders");
    }
}

public sealed class OrderHandler : IWebhookHandler
{
    public Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync($"Message {delivery.Id} has {delivery.Body.Length} bytes".AsMemory(), cancellationToken);
}
