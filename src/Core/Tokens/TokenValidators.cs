using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Tokens;

/// <summary>Gives the validators that <c>AddTokens()</c> was told of, by their names.</summary>
public sealed class TokenValidators
{
    private readonly IServiceProvider _services;

    internal TokenValidators(IServiceProvider services) => _services = services;

    /// <summary>Gets the validator of a name.</summary>
    /// <param name="name">The name given to <c>AddOidcIssuer</c> or <c>AddSharedSecret</c>; case-sensitive.</param>
    /// <exception cref="InvalidOperationException">No issuer of that name is registered.</exception>
    public ITokenValidator Get(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _services.GetKeyedService<ITokenValidator>(name)
            ?? throw new InvalidOperationException(
                $"No token issuer is called '{name}'. Add it: services.AddTokens().AddOidcIssuer(\"{name}\", o => {{ o.Issuer = …; o.Audience = …; }});");
    }
}
