using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Switchyard.Tokens;

namespace Switchyard.AspNetCore.Tokens;

/// <summary>Authenticates by bearer token. Answers with status and headers alone; the body is left to whoever owns the path.</summary>
internal sealed class SwitchyardTokenHandler(
    IOptionsMonitor<SwitchyardTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenValidators validators, RequiredScopes requiredScopes)
    : AuthenticationHandler<SwitchyardTokenOptions>(options, logger, encoder)
{
    private BearerHeader _header;
    private TimeSpan? _retryAfter;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The header and nothing else: a token in the query would end up in every log on the way (RFC 6750, 5.3).
        _header = BearerHeader.Read(Request.Headers.Authorization);
        if (_header.Kind == BearerHeaderKind.Absent)
        {
            return AuthenticateResult.NoResult();
        }

        // Without a token the empty one is judged, for the answer whether tokens can be judged at all: 503 comes before 401.
        var result = await validators.Get(Scheme.Name).ValidateAsync(_header.Token, Context.RequestAborted);
        switch (result)
        {
            case TokenResult.Valid valid:
                var principal = valid.Token.CreatePrincipal(Scheme.Name);
                return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
            case TokenResult.Unavailable unavailable:
                _retryAfter = unavailable.RetryAfter;
                return AuthenticateResult.Fail("Tokens can't be judged now.");
            default:
                return _header.Kind == BearerHeaderKind.OtherScheme ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("The token was refused.");
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_retryAfter is { } wait)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return;
        }

        // Whoever sent no bearer token learns what is asked for and no more (RFC 6750, 3.1).
        var sentToken = _header.Kind is BearerHeaderKind.Token or BearerHeaderKind.Malformed;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, sentToken ? "Bearer error=\"invalid_token\"" : "Bearer");
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        var scopes = await requiredScopes.OfAsync(Context.GetEndpoint());
        if (scopes.Count > 0)
        {
            Response.Headers.Append(HeaderNames.WWWAuthenticate, $"Bearer error=\"insufficient_scope\", scope=\"{string.Join(' ', scopes)}\"");
        }
    }
}
