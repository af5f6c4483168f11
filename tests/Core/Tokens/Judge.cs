using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Tokens.Tests;

/// <summary>Judges tokens by validators of any provider.</summary>
internal static class Judge
{
    public static async Task<string> OutcomeAsync(IServiceProvider services, string name, string token) =>
        TokensHarness.Outcome(await services.GetRequiredService<TokenValidators>().Get(name).ValidateAsync(token, TestContext.Current.CancellationToken));
}
