using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Cron.Zones;

/// <summary>Knows the ids of the IANA time zone database, in whatever case they are written.</summary>
internal static class ZoneIds
{
    // The longest is America/Argentina/ComodRivadavia.
    private const int Longest = 64;

    private static readonly Lazy<Dictionary<string, (string Id, string? Target)>> Known = new(Read);

    /// <summary>Finds the canonical spelling of an id, and the older or newer id that stands for the same zone, if any.</summary>
    public static bool TryFind(string? id, [NotNullWhen(true)] out string? canonical, out string? target)
    {
        (canonical, target) = (null, null);
        if (id is null or "" || id.Length > Longest)
        {
            return false;
        }

        if (Known.Value.TryGetValue(id, out var entry))
        {
            (canonical, target) = entry;
            return true;
        }

        // One that is younger than this list, written as it is called: the machine's own data will know.
        canonical = IsWellFormed(id) ? id : null;
        return canonical is not null;
    }

    // An area and places, as in America/Argentina/San_Juan: no dots, so no paths, and no ids of Windows or POSIX, which have no slash.
    private static bool IsWellFormed(string id)
    {
        var parts = id.Split('/');
        return parts.Length is 2 or 3 && parts[0] is not ("posix" or "right")
            && parts.All(part => part.Length > 0 && char.IsAsciiLetterUpper(part[0]) && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '+'));
    }

    // Lines of "id" or "id=target", after the database's 2025b.
    private static Dictionary<string, (string Id, string? Target)> Read()
    {
        using var reader = new StreamReader(typeof(ZoneIds).Assembly.GetManifestResourceStream("iana.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('='))
            .ToDictionary(line => line[0], line => (line[0], line.Length > 1 ? line[1] : null), StringComparer.OrdinalIgnoreCase);
    }
}
