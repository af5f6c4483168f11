using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Switchyard.Errors;

namespace Switchyard.AspNetCore.Scheduling.Errors;

/// <summary>Answers failures of the database with <c>DATABASE_ERROR</c>: 503 where it can't be reached now, else 500.</summary>
internal sealed partial class DatabaseErrorFilter(ILogger<DatabaseErrorFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (DatabaseFailure(exception) is not null && !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            var status = DatabaseFailure(exception)!.IsTransient ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            LogFailed(logger, exception, context.HttpContext.GetEndpoint()?.DisplayName, status);
            return new SurfaceErrorResult(new ErrorReport(status, SchedulingErrorCodes.DatabaseError, Words(status)));
        }
    }

    private static string Words(int status) =>
        status == StatusCodes.Status503ServiceUnavailable ? "The database can't be reached now." : "The database refused the operation.";

    private static DbException? DatabaseFailure(Exception? exception)
    {
        DbException? found = null;
        for (; exception is not null; exception = exception.InnerException)
        {
            // Of several one inside of another, the one that time heals decides.
            if (exception is DbException failure && found is not { IsTransient: true })
            {
                found = failure;
            }
        }

        return found;
    }

    [LoggerMessage(EventIds.DatabaseFailed, LogLevel.Error, "The database failed in {Endpoint}; answered {Status}", EventName = nameof(EventIds.DatabaseFailed))]
    private static partial void LogFailed(ILogger logger, Exception exception, string? endpoint, int status);
}
