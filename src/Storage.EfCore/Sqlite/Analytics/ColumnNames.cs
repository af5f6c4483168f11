using System.Globalization;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>Makes the names of columns from a header: never blank, each once whatever its case, none of ours.</summary>
internal static class ColumnNames
{
    public const string RunUid = "_run_uid";
    public const string Line = "_line";

    /// <summary>SQLite's own limit is 2,000 columns a table; two are ours.</summary>
    public const int Most = 1998;

    private const int MaxLength = 200;

    public static IReadOnlyList<string> From(IReadOnlyList<string> header)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { RunUid, Line };

        // What stands in the header comes before what is made up, so that a made-up name never takes a real one.
        var real = header.Select((text, index) => Clean(text, index)).ToArray();
        taken.UnionWith(real.Select(Fold));
        var seen = new HashSet<string>(StringComparer.Ordinal) { RunUid, Line };
        return [.. real.Select(name => seen.Add(Fold(name)) ? name : Another(name, taken))];
    }

    /// <summary>Gets what SQLite compares names by: it knows the case of ASCII letters alone.</summary>
    public static string Fold(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));

    private static string Clean(string text, int index)
    {
        var name = string.Concat(text.Trim().Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '_' : c));
        return name.Length switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"column_{index + 1}"),
            > MaxLength => name[..MaxLength],
            _ => name,
        };
    }

    private static string Another(string name, HashSet<string> taken)
    {
        for (var number = 2; ; number++)
        {
            var candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
            if (taken.Add(Fold(candidate)))
            {
                return candidate;
            }
        }
    }
}
