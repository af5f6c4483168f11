namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>Represents what the development issuer calls itself.</summary>
/// <param name="Issuer">Its URL, <c>{public URL}/dev-issuer</c>.</param>
/// <param name="DefaultAudience">The audience of tokens whose request names none.</param>
internal sealed record DevIssuerOptions(string Issuer, string DefaultAudience);
