using System.Security.Claims;
using Switchyard.Ingest;
using Switchyard.Tokens;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Reads who calls out of the claims of a validated token.</summary>
internal static class TokenCaller
{
    public const string ScopeClaim = "scope";

    public static ScopeSet Scopes(ClaimsPrincipal user) => ScopeSet.Parse(user.FindAll(ScopeClaim).Select(claim => claim.Value));

    public static IngestCaller Of(ClaimsPrincipal user) =>
        new(Scopes(user), new IngestClient(
            user.FindFirstValue("iss") ?? "",
            user.FindFirstValue("client_id") ?? user.FindFirstValue("azp") ?? user.FindFirstValue("sub"),
            user.FindFirstValue("client_name")));
}
