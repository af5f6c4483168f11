using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Authenticates executors by the tokens of their run.</summary>
/// <remarks>A good token of another run is authenticated without <see cref="RunClaim"/>: 403. A body is looked at only afterwards.</remarks>
internal sealed class CallbackAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallbackService callbacks)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The claim of a token that is good for the run of the path.</summary>
    public const string RunClaim = "run";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var path = Context.GetRouteValue("runId") as string;
        var use = Scheme.Name == CallbackSchemes.Init ? CallbackTokenUse.Init : CallbackTokenUse.Access;
        var refusal = await callbacks.AuthorizeAsync(
            BearerToken.Read(Request), use, Uid.TryParse(path, out var runUid) ? runUid : null, Context.RequestAborted);
        if (refusal?.Status == StatusCodes.Status401Unauthorized)
        {
            return AuthenticateResult.Fail(refusal.Message);
        }

        var identity = new ClaimsIdentity(Scheme.Name);
        if (refusal?.Status != StatusCodes.Status403Forbidden)
        {
            identity.AddClaim(new Claim(RunClaim, path ?? ""));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = result.Failure is null ? "Bearer" : SurfaceErrorResult.InvalidToken;
    }
}
