using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.AspNetCore.WebhookReceiver;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps receivers of webhooks.</summary>
public static class WebhookReceiverEndpointRouteBuilderExtensions
{
    /// <summary>Maps a POST route whose verified deliveries a delegate handles.</summary>
    /// <remarks>The route is open to anybody, whatever the app's fallback policy: the signature is the authorization.</remarks>
    /// <param name="endpoints">The routes.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="handler">Handles a delivery, as <see cref="IWebhookHandler.HandleAsync"/> does.</param>
    /// <exception cref="InvalidOperationException"><c>AddWebhookReceiver</c> was not called.</exception>
    public static IEndpointConventionBuilder MapWebhookReceiver(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Func<WebhookDelivery, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Map(endpoints, pattern, (_, delivery, cancellationToken) => handler(delivery, cancellationToken));
    }

    /// <summary>Maps a POST route whose verified deliveries a service handles.</summary>
    /// <remarks>The route is open to anybody, whatever the app's fallback policy: the signature is the authorization.</remarks>
    /// <typeparam name="THandler">A registered service, resolved from the scope of the request.</typeparam>
    /// <param name="endpoints">The routes.</param>
    /// <param name="pattern">The route.</param>
    /// <exception cref="InvalidOperationException"><c>AddWebhookReceiver</c> was not called, or the handler is not registered.</exception>
    public static IEndpointConventionBuilder MapWebhookReceiver<THandler>(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
        where THandler : class, IWebhookHandler
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(THandler)) == false
            ? throw Missing($"builder.Services.AddScoped<{typeof(THandler).Name}>();")
            : Map(endpoints, pattern, (context, delivery, cancellationToken) =>
                context.RequestServices.GetRequiredService<THandler>().HandleAsync(delivery, cancellationToken));
    }

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, WebhookDelivery, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var receiver = endpoints.ServiceProvider.GetService<Receiver>()
            ?? throw Missing("builder.Services.AddWebhookReceiver(o => o.Secrets.Add(\"whsec_...\"));");
        return endpoints.MapPost(pattern, context => receiver.ReceiveAsync(context, pattern, handler)).AllowAnonymous();
    }

    private static InvalidOperationException Missing(string line) =>
        new($"MapWebhookReceiver() needs a service that is missing. Add this line before the app is built: {line}");
}
