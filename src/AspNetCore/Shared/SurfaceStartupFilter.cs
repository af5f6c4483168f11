using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.AspNetCore;

/// <summary>Puts <see cref="SurfaceErrorsMiddleware"/> before everything else, and checks the endpoints once all are mapped.</summary>
/// <remarks>Each endpoint package links a copy of this class; the first one in an app does the work for all.</remarks>
internal sealed class SurfaceStartupFilter : IStartupFilter
{
    private const string Marker = "Switchyard.AspNetCore.Surfaces";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (!app.Properties.TryAdd(Marker, true))
        {
            next(app);
            return;
        }

        app.UseMiddleware<SurfaceErrorsMiddleware>();
        next(app);
        EndpointAuthorizationCheck.Run(app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
    };
}
