using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.Tokens;

namespace Switchyard.AspNetCore.Tokens;

/// <summary>Fails the start where a scheme has no issuer of its name.</summary>
internal sealed class TokenSchemeCheck(IServiceProviderIsKeyedService services) : IValidateOptions<SwitchyardTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, SwitchyardTokenOptions options) =>
        services.IsKeyedService(typeof(ITokenValidator), name)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"The authentication scheme '{name}' has no token issuer. Add it: services.AddTokens().AddOidcIssuer(\"{name}\", o => {{ o.Issuer = …; o.Audience = …; }});");
}
