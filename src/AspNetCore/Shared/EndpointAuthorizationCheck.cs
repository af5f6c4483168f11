using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore;

/// <summary>Refuses to start an app in which an endpoint doesn't say who may call it.</summary>
internal static class EndpointAuthorizationCheck
{
    /// <summary>Checks all endpoints of an app.</summary>
    /// <exception cref="InvalidOperationException">Some endpoint states neither a policy nor that anyone may call it.</exception>
    public static void Run(IEnumerable<Endpoint> endpoints)
    {
        var open = endpoints.Where(endpoint => !StatesAuthorization(endpoint)).Select(endpoint => endpoint.DisplayName).ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException(
                $"These endpoints do not state who may call them: {string.Join(", ", open)}. "
                + "Add .RequireAuthorization(...) or .AllowAnonymous() to each.");
        }
    }

    public static bool StatesAuthorization(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
        || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null
        || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
