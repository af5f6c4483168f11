using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Tokens;

/// <summary>Configures token validation; issuers hang on it.</summary>
public interface ITokensBuilder
{
    /// <summary>Gets the services that are being configured.</summary>
    IServiceCollection Services { get; }
}
