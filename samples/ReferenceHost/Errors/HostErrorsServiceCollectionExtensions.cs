using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Errors;

namespace Switchyard.ReferenceHost.Errors;

/// <summary>Registers the error shapes of the paths that no feature package owns.</summary>
internal static class HostErrorsServiceCollectionExtensions
{
    /// <summary>Adds the surfaces; the middleware that asks them comes with the feature packages.</summary>
    public static IServiceCollection AddHostErrors(this IServiceCollection services)
    {
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IErrorSurface, PlainErrorSurface>(),
            ServiceDescriptor.Singleton<IErrorSurface, OAuthErrorSurface>(),
        ]);
        return services;
    }
}
