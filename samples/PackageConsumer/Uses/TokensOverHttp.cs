using System.Net.Http.Headers;
using PackageConsumer.Snippets;
using Switchyard.Tokens;

namespace PackageConsumer.Uses;

/// <summary>Judges tokens by themselves and at an endpoint.</summary>
internal static class TokensOverHttp
{
    public static async Task<string> UseAsync()
    {
        using var issuer = new LocalIssuer();
        var builder = Host.CreateBuilder();
        builder.Services.AddKeyedSingleton<ITokenKeySource>("ingest", issuer);
        Snippets.Tokens.Add(builder);
        await using var app = AspNetCoreTokens.Build(builder);
        await app.StartAsync();

        var judged = await Snippets.Tokens.UseAsync(app.Services.GetRequiredService<TokenValidators>(), issuer.Sign("create:jobs"));
        Host.Require(judged == "may create:jobs", $"the token is good, not {judged}");
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        int[] statuses = [await PostAsync(client, null), await PostAsync(client, issuer.Sign("other")), await PostAsync(client, issuer.Sign("create:jobs"))];
        Host.Require(statuses is [401, 403, 200], $"no token, a poor one, a good one: {string.Join(", ", statuses)}");
        await app.StopAsync();
        return "no token 401, a poor one 403, a good one 200";
    }

    private static async Task<int> PostAsync(HttpClient client, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/jobs");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
