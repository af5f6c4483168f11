using Microsoft.AspNetCore.Diagnostics;

namespace Switchyard.AspNetCore;

/// <summary>Keeps the developer exception page, which a host in Development has by default, off the paths of a surface: clients get the same answer in every environment.</summary>
/// <remarks>The page has logged the exception by now. It leaves an empty response, which <see cref="SurfaceErrorsMiddleware"/> fills.</remarks>
internal sealed class SurfaceDeveloperPageFilter(ErrorSurfaceMap surfaces) : IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next)
    {
        if (surfaces.Find(errorContext.HttpContext.Request.Path) is null)
        {
            return next(errorContext);
        }

        SurfaceFailure.Apply(errorContext.Exception, errorContext.HttpContext);
        return Task.CompletedTask;
    }
}
