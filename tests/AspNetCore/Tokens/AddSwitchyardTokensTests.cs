using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore.Tokens.Tests;

public sealed class AddSwitchyardTokensTests
{
    [Fact]
    public async Task Adding_twice_is_adding_once()
    {
        var services = new ServiceCollection();
        services.AddTokens().AddOidcIssuer("api");
        services.AddAuthentication().AddSwitchyardTokens("api").AddSwitchyardTokens("api");
        services.AddAuthentication().AddSwitchyardTokens("api");
        await using var provider = services.BuildServiceProvider();

        var schemes = await provider.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync();

        Assert.Equal("api", Assert.Single(schemes).Name);
        Assert.Single(provider.GetServices<IValidateOptions<SwitchyardTokenOptions>>().OfType<TokenSchemeCheck>());
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task Scheme_without_an_issuer_fails_the_start_with_the_line_to_add()
    {
        var services = new ServiceCollection();
        services.AddAuthentication().AddSwitchyardTokens("api");
        await using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("AddTokens().AddOidcIssuer(\"api\"", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("create:jobs", "")]
    [InlineData("create jobs")]
    [InlineData("say \"hello\"")]
    [InlineData("line\r\nbreak")]
    public void Scope_that_no_token_can_have_is_a_programmers_error(params string[] scopes) =>
        Assert.Throws<ArgumentException>(() => new AuthorizationPolicyBuilder().RequireScope(scopes));
}
