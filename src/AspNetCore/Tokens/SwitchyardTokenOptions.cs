using Microsoft.AspNetCore.Authentication;

namespace Switchyard.AspNetCore.Tokens;

/// <summary>Configures a bearer-token scheme. What tokens are good is said where the issuer is added, not here.</summary>
public sealed class SwitchyardTokenOptions : AuthenticationSchemeOptions;
