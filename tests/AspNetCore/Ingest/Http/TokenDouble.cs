using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>Plays the token handler: the token is its claims, <c>name=value</c> joined by <c>;</c>. Like the real one it writes status and headers alone.</summary>
internal sealed class TokenDouble(IOptionsMonitor<TokenDoubleOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<TokenDoubleOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var header = Request.Headers.Authorization.ToString();
        if (Options.Disabled || !header.StartsWith("Bearer iss=", StringComparison.Ordinal))
        {
            return Task.FromResult(AuthenticateResult.Fail("bad token"));
        }

        var claims = header["Bearer ".Length..].Split(';').Select(part => part.Split('=', 2)).Select(part => new Claim(part[0], part[1]));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (Options.Disabled && result.Failure is not null)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "30";
            return;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = result.Failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
        return Task.CompletedTask;
    }
}

internal sealed class TokenDoubleOptions : AuthenticationSchemeOptions
{
    /// <summary>Whether the surface is off: no issuer.</summary>
    public bool Disabled { get; set; }
}
