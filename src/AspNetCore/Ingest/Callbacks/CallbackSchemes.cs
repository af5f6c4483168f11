using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Registers the authentication schemes of executors: one for the token of the first call, one for all later calls.</summary>
internal sealed class CallbackSchemes : IConfigureOptions<AuthenticationOptions>
{
    public const string Init = "ingest-callback-init";
    public const string Access = "ingest-callback-access";

    public void Configure(AuthenticationOptions options)
    {
        options.AddScheme<CallbackAuthenticationHandler>(Init, displayName: null);
        options.AddScheme<CallbackAuthenticationHandler>(Access, displayName: null);
    }
}
