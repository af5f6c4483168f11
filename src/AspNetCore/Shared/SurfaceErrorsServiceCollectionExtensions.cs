using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Errors;

namespace Switchyard.AspNetCore;

/// <summary>Registers what writes errors in the shape of their surface.</summary>
internal static class SurfaceErrorsServiceCollectionExtensions
{
    /// <summary>Adds a surface and the middleware that serves all of them. Calling it again changes nothing.</summary>
    public static IServiceCollection AddSurfaceErrors<TSurface>(this IServiceCollection services)
        where TSurface : class, IErrorSurface
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IErrorSurface, TSurface>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, SurfaceStartupFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeveloperPageExceptionFilter, SurfaceDeveloperPageFilter>());
        services.TryAddSingleton<ErrorSurfaceMap>();
        return services;
    }
}
