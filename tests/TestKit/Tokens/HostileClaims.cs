using System.Text.Json.Nodes;

namespace Switchyard.TestKit.Tokens;

/// <summary>Tokens with a good signature and hostile claims.</summary>
internal static class HostileClaims
{
    public static IEnumerable<HostileToken> All => [.. Times(), .. Audiences(), .. Issuers(), .. OtherTokens()];

    private static IEnumerable<HostileToken> Times()
    {
        const int Skew = HostileContext.ClockSkewSeconds;
        yield return Without("exp");
        foreach (var value in (string[])["\"99999999999\"", "-1", "1e308", "1e999", "253402300800", "null", "true", "[99999999999]", "{}"])
        {
            yield return Json("exp", value, "time");
            yield return Json("nbf", value is "-1" ? "-0.5" : value, "time");
            yield return Json("iat", value is "-1" ? "-2" : value, "time");
        }

        yield return At("exp", "expired", -Skew);
        yield return At("exp", "expired", -Skew - 1);
        yield return At("exp", "expired", -86400);
        yield return At("nbf", "not_yet_valid", Skew + 1);
        yield return At("iat", "not_yet_valid", Skew + 1);
        yield return At("iat", "not_yet_valid", 61);
        yield return Json("exp", "0", "expired");
    }

    private static IEnumerable<HostileToken> Audiences()
    {
        yield return Without("aud", "audience");
        string[] values =
        [
            "[]", "\"https://other.test\"", "\"https://api.test.evil\"", "\"https://api.tes\"", "\"https://api.test/\"", "\"HTTPS://API.TEST\"",
            "\"https://api.test \"", "\"client-1\"", "\"\"", "\"*\"", "5", "null", "{\"aud\":\"https://api.test\"}", "[\"https://api.test\",5]",
            "[[\"https://api.test\"]]", "\"https://other.test https://api.test\"",
        ];
        foreach (var value in values)
        {
            yield return Json("aud", value, "audience");
        }
    }

    private static IEnumerable<HostileToken> Issuers()
    {
        yield return Without("iss", "issuer");
        yield return Issuer("with a slash at the end", issuer => issuer + "/");
        yield return Issuer("of another realm", issuer => issuer + "/realms/other");
        yield return Issuer("over https", issuer => issuer.Replace("http:", "https:", StringComparison.Ordinal));
        yield return Issuer("in capitals", issuer => issuer.ToUpperInvariant());
        yield return Issuer("with a look-alike digit", issuer => issuer.Replace('1', '１'));
        yield return Issuer("that is empty", _ => "");
        yield return new("iss that is an array", "issuer", context => context.Issuer.Token(claims => claims["iss"] = new JsonArray(context.Issuer.Issuer)));
        yield return Json("iss", "null", "issuer");
        yield return Json("iss", "1", "issuer");
    }

    private static IEnumerable<HostileToken> OtherTokens()
    {
        yield return Json("nonce", "\"n-0S6\"", "not_an_access_token");
        yield return Json("at_hash", "\"MTIzNDU2Nzg5MDEyMzQ1Ng\"", "not_an_access_token");
        yield return Json("c_hash", "\"MTIzNDU2Nzg5MDEyMzQ1Ng\"", "not_an_access_token");
        yield return Json("events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}", "not_an_access_token");
        foreach (var type in (string[])["ID", "Refresh", "Offline", "Logout", "id"])
        {
            yield return Json("typ", $"\"{type}\"", "not_an_access_token");
        }

        yield return Json("typ", "5", "not_an_access_token");
    }

    private static HostileToken Without(string claim, string reason = "time") =>
        new($"no {claim}", reason, context => context.Issuer.Token(claims => claims.Remove(claim)));

    // As text, so that numbers reach the reader as they are written here.
    private static HostileToken Json(string claim, string value, string reason) => new($"{claim} {value}", reason, context =>
    {
        var payload = context.Issuer.Claims();
        payload.Remove(claim);
        return context.Sign(context.Header, HostileContext.With(payload.ToJsonString(), $"\"{claim}\":{value}"));
    });

    private static HostileToken At(string claim, string reason, int seconds) =>
        new($"{claim} {seconds} s from now", reason, context => context.Issuer.Token(claims => claims[claim] = context.Now + seconds));

    private static HostileToken Issuer(string name, Func<string, string> change) =>
        new($"iss {name}", "issuer", context => context.Issuer.Token(claims => claims["iss"] = change(context.Issuer.Issuer)));
}
