using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore.WebhookReceiver;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what receives webhooks.</summary>
public static class WebhookReceiverServiceCollectionExtensions
{
    /// <summary>Adds what <c>MapWebhookReceiver</c> needs. Calling it again only configures.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; without a secret the start fails.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWebhookReceiver(this IServiceCollection services, Action<WebhookReceiverOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(Receiver)))
        {
            services.AddOptions<WebhookReceiverOptions>().ValidateDataAnnotations().ValidateOnStart();
            services.AddMetrics();
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookReceiverOptions>, WebhookReceiverOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWebhookReceipts, InMemoryWebhookReceipts>();
        services.TryAddSingleton<WebhookReceiverInstruments>();
        services.TryAddSingleton<Receiver>();
        return services;
    }
}
