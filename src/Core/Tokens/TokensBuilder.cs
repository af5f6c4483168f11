using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Tokens;

internal sealed class TokensBuilder(IServiceCollection services) : ITokensBuilder
{
    public IServiceCollection Services { get; } = services;
}
