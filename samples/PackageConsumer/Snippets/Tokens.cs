using Switchyard.Tokens;

namespace PackageConsumer.Snippets;

internal static class Tokens
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddTokens()
            .AddOidcIssuer("ingest", o =>
            {
                o.Issuer = "https://idp.example.org";
                o.Audience = "https://api.example.org";
            })
            .AddSharedSecret("scheduler", o =>
            {
                o.Secret = builder.Configuration["JWT_SECRET"]; // null: disabled, tokens are Unavailable
                o.Audience = "authenticated";
            });
    }

    public static async Task<string> UseAsync(TokenValidators validators, string token)
    {
        return await validators.Get("ingest").ValidateAsync(token) switch
        {
            TokenResult.Valid valid => $"may {string.Join(' ', valid.Token.Scopes.Scopes)}",
            TokenResult.Unavailable unavailable => $"ask again in {unavailable.RetryAfter}",
            _ => "refused",
        };
    }
}
