using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore;
using Switchyard.AspNetCore.Ingest;
using Switchyard.AspNetCore.Ingest.Callbacks;
using Switchyard.AspNetCore.Ingest.Jobs;
using Switchyard.Ingest;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the ingest API.</summary>
public static class IngestEndpointRouteBuilderExtensions
{
    /// <summary>Maps <c>/api/v1/jobs</c>, <c>/api/v1/token/verify</c> and the callback API of executors, <c>/api/earthbeam</c>.</summary>
    /// <remarks>Each route names its authentication scheme and policy; they belong to the OpenAPI document <c>ingest</c>.</remarks>
    /// <param name="endpoints">Where to map.</param>
    /// <returns>A builder that reaches all of the routes.</returns>
    /// <exception cref="InvalidOperationException">A registration is missing; the message holds the line to add.</exception>
    public static IEndpointConventionBuilder MapIngest(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        MapRequirements.Require<IngestService>(services, nameof(MapIngest), "builder.Services.AddIngest();");
        MapRequirements.Require<IngestApiMarker>(services, nameof(MapIngest), "builder.Services.AddIngestApi();");
        var scheme = services.GetRequiredService<IOptions<IngestApiOptions>>().Value.AuthenticationScheme;
        MapRequirements.RequireScheme(services, nameof(MapIngest), scheme);

        var group = endpoints.MapGroup("").WithGroupName("ingest").AddEndpointFilter(UncachedAnswers.WriteHeadersAsync);
        group.MapJobs(scheme);
        group.MapTokens(scheme);
        group.MapCallbacks(scheme);
        return group;
    }
}
