namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Makes JSON objects of named texts.</summary>
internal static class WireTexts
{
    /// <summary>Gets the texts by name, in their order; those of one name are joined as HTTP joins headers (RFC 9110, 5.3).</summary>
    public static IReadOnlyDictionary<string, string>? Of(IReadOnlyList<KeyValuePair<string, string>>? texts)
    {
        if (texts is null)
        {
            return null;
        }

        var named = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in texts)
        {
            named[name] = named.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        return named;
    }
}
