namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>Represents what a client asks the token endpoint for, by parameter name; none occurs twice.</summary>
internal sealed class TokenRequest(IReadOnlyDictionary<string, string> parameters)
{
    /// <summary>Gets a parameter; one without a value counts as left out (RFC 6749, 3.2).</summary>
    public string? this[string name] => parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
