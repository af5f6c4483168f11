using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore;
using Switchyard.AspNetCore.Scheduling;
using Switchyard.AspNetCore.Scheduling.Accounts;
using Switchyard.AspNetCore.Scheduling.Errors;
using Switchyard.AspNetCore.Scheduling.Executions;
using Switchyard.AspNetCore.Scheduling.Health;
using Switchyard.AspNetCore.Scheduling.Jobs;
using Switchyard.AspNetCore.Scheduling.Metrics;
using Switchyard.AspNetCore.Scheduling.Webhooks;
using Switchyard.Scheduling;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the scheduler API.</summary>
public static class SchedulingEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>/api/jobs</c>, <c>/webhooks</c> (and the same at <c>/api/webhooks</c>), <c>/api/executions</c>, <c>/api/accounts</c>,
    /// <c>/metrics</c> and, for anyone, <c>/health</c> and <c>/health/detailed</c>.
    /// </summary>
    /// <remarks>Each route names its authentication scheme; they belong to the OpenAPI document <c>scheduler</c>.</remarks>
    /// <param name="endpoints">Where to map.</param>
    /// <returns>A builder that reaches all of the routes.</returns>
    /// <exception cref="InvalidOperationException">A registration is missing; the message holds the line to add.</exception>
    public static IEndpointConventionBuilder MapScheduling(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        MapRequirements.Require<ScheduleService>(services, nameof(MapScheduling), "builder.Services.AddScheduling();");
        MapRequirements.Require<SchedulingApiMarker>(services, nameof(MapScheduling), "builder.Services.AddSchedulingApi();");
        var scheme = services.GetRequiredService<IOptions<SchedulingApiOptions>>().Value.AuthenticationScheme;
        MapRequirements.RequireScheme(services, nameof(MapScheduling), scheme);

        var all = endpoints.MapGroup("").WithGroupName("scheduler").AddEndpointFilter(UncachedAnswers.WriteHeadersAsync);
        all.MapHealth();
        var group = all.MapGroup("")
            .RequireAuthorization(new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build())
            .AddEndpointFilter<RouteGroupBuilder, SchedulingCaller>()
            .AddEndpointFilter<RouteGroupBuilder, DatabaseErrorFilter>();
        group.MapJobs(scheme);
        group.MapJobHistory(scheme);
        group.MapWebhooks(scheme);
        group.MapExecutions(scheme);
        group.MapAccounts(scheme);
        group.MapMetrics(scheme);
        return all;
    }
}
