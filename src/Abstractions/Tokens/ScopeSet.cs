namespace Switchyard.Tokens;

/// <summary>Represents the scopes of a token: a set of exact, case-sensitive words (RFC 6749, 3.3).</summary>
public sealed class ScopeSet
{
    /// <summary>The set without scopes.</summary>
    public static readonly ScopeSet Empty = new([]);

    private readonly HashSet<string> _scopes;

    private ScopeSet(IEnumerable<string> scopes) => _scopes = new HashSet<string>(scopes, StringComparer.Ordinal);

    /// <summary>Gets the scopes, in ordinal order.</summary>
    public IReadOnlyList<string> Scopes => [.. _scopes.Order(StringComparer.Ordinal)];

    /// <summary>Makes a set of scopes. Splits on U+0020 alone, as RFC 6749 says; repeats collapse.</summary>
    /// <param name="values">Scope strings, each one scope or several separated by spaces.</param>
    public static ScopeSet Parse(params IEnumerable<string> values) =>
        new(values.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Gets whether the set holds exactly this scope.</summary>
    public bool Contains(string scope) => _scopes.Contains(scope);

    /// <summary>Gets what is granted under a prefix, in ordinal order: everything after the first colon of <c>prefix:…</c>, unless empty.</summary>
    /// <param name="prefix">The prefix without its colon, such as <c>partner</c>.</param>
    public IReadOnlyList<string> Grants(string prefix) =>
        [.. _scopes
            .Where(scope => scope.StartsWith(prefix, StringComparison.Ordinal) && scope.Length > prefix.Length + 1 && scope[prefix.Length] == ':')
            .Select(scope => scope[(prefix.Length + 1)..])
            .Order(StringComparer.Ordinal)];
}
