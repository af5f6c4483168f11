using System.Text.Json;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Gets tokens of the development issuer, by form.</summary>
internal static class DevelopmentTokens
{
    public static async Task<string> GetAsync(HttpClient http, string? scope, string? audience = null)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = "client_credentials", ["client_id"] = "dev", ["client_secret"] = "dev" };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        if (audience is not null)
        {
            form["audience"] = audience;
        }

        using var answer = await http.PostAsync("/dev-issuer/token", new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("access_token").GetString()!;
    }
}
