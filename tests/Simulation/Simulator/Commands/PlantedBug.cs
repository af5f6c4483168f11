namespace Switchyard.Simulation.Commands;

/// <summary>A bug to plant: texts in files of src, each of which must be there once, and what to put in their place.</summary>
internal sealed record PlantedBug(string Name, IReadOnlyList<Replacement> Replacements)
{
    private const string FileMark = "file: ";
    private const string Folder = "tests/Simulation/PlantedBugs";

    public static IReadOnlyList<PlantedBug> All(string root) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, Folder), "*.patch").Order(StringComparer.Ordinal).Select(path => Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllLines(path)))];

    /// <summary>Puts the bug into a file's text.</summary>
    /// <exception cref="InvalidOperationException">The old text isn't there, or is there twice.</exception>
    public string Apply(Replacement replacement, string text)
    {
        var parts = text.Split(replacement.Old);
        return parts.Length == 2
            ? parts[0] + replacement.New + parts[1]
            : throw new InvalidOperationException($"{Name}: the old text is {parts.Length - 1} times in {replacement.File}; it must be there once.");
    }

    /// <summary>Reads a patch: lines of explanation, then for each change its file, "&lt;&lt;&lt;&lt;", the old text, "====", the new text, "&gt;&gt;&gt;&gt;".</summary>
    private static PlantedBug Parse(string name, string[] lines)
    {
        var replacements = new List<Replacement>();
        var file = "";
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].StartsWith(FileMark, StringComparison.Ordinal))
            {
                file = lines[index][FileMark.Length..].Trim();
            }
            else if (lines[index] == "<<<<")
            {
                var middle = Array.IndexOf(lines, "====", index);
                var end = Array.IndexOf(lines, ">>>>", index);
                replacements.Add(new Replacement(file, Join(lines[(index + 1)..middle]), Join(lines[(middle + 1)..end])));
                index = end;
            }
        }

        return new PlantedBug(name, replacements);
    }

    private static string Join(string[] lines) => string.Join('\n', lines);
}

/// <summary>A text in a file, and what takes its place.</summary>
internal sealed record Replacement(string File, string Old, string New);
