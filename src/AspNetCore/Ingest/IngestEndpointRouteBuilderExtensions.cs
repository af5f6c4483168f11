using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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
        Require<IngestService>(services, "builder.Services.AddIngest();");
        Require<IngestApiMarker>(services, "builder.Services.AddIngestApi();");
        var scheme = services.GetRequiredService<IOptions<IngestApiOptions>>().Value.AuthenticationScheme;
        RequireScheme(services, scheme);

        var group = endpoints.MapGroup("").WithGroupName("ingest").AddEndpointFilter(WriteCommonHeadersAsync);
        group.MapJobs(scheme);
        group.MapTokens(scheme);
        group.MapCallbacks(scheme);
        return group;
    }

    // Answers hold signed URLs and tokens, none of which a cache may keep.
    private static ValueTask<object?> WriteCommonHeadersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    private static void Require<TService>(IServiceProvider services, string line)
    {
        if (!services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(TService)))
        {
            throw new InvalidOperationException($"MapIngest needs a registration that is missing. Add: {line}");
        }
    }

    private static void RequireScheme(IServiceProvider services, string scheme)
    {
        if (!services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SchemeMap.ContainsKey(scheme))
        {
            throw new InvalidOperationException(
                $"MapIngest needs the authentication scheme '{scheme}', which is not registered. "
                + $"Add: builder.Services.AddAuthentication().AddSwitchyardTokens(\"{scheme}\");");
        }
    }
}
