using System.Text;

namespace Switchyard.Blobs.FileSystem;

/// <summary>Where an object's files lie, and which key a file belongs to.</summary>
/// <remarks>
/// <para>
/// An object <c>a/b</c> is two files in the folder <c>objects/a</c>: the data <c>b@{version}</c>, which never changes once it is
/// there, and the pointer <c>b@</c>, a line that names the current version and is replaced by an atomic rename. So a reader
/// never sees half a write, and a version can be hard-linked without a race.
/// </para>
/// <para>
/// Names stay apart where the file system ignores case, drops a final dot or knows device names: <c>^</c> escapes, which no key
/// contains. A segment too long for a file name goes on in sub-folders ending in <c>+</c>.
/// </para>
/// </remarks>
internal sealed class BlobLayout(string directory)
{
    private const int LongestName = 200;
    private const char Mark = '@';
    private const char Continues = '+';
    private const string FinalDot = "^0";
    private const string NotADevice = "^1";

    public string Root { get; } = Path.GetFullPath(directory);

    public string Objects => Path.Combine(Root, "objects");

    public string Uploads => Path.Combine(Root, "uploads");

    public static bool IsPointer(string fileName) => fileName.EndsWith(Mark);

    public static bool IsContinued(string folderName) => folderName.EndsWith(Continues);

    /// <summary>Splits the path of a data file into that of its pointer and the version.</summary>
    public static (string Pointer, string Version)? SplitData(string path)
    {
        var mark = path.LastIndexOf(Mark);
        return mark < 0 || mark == path.Length - 1 ? null : (path[..(mark + 1)], path[(mark + 1)..]);
    }

    public string Temporary(string name) => Path.Combine(Uploads, name);

    public string Pointer(string key) => Encode(key) + Mark;

    public string Data(string key, string version) => Pointer(key) + version;

    /// <summary>Gets the folder that holds everything below a prefix of whole segments, such as <c>a/b</c>.</summary>
    public string Folder(string segments) => segments.Length == 0 ? Objects : Encode(segments);

    /// <summary>Decodes a segment; <see langword="null"/> for a name that isn't ours.</summary>
    public static string? Decode(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '^')
            {
                text.Append(name[i]);
                continue;
            }

            i++;
            switch (i < name.Length ? name[i] : ' ')
            {
                case '0': text.Append('.'); break;
                case '1': break;
                case >= 'a' and <= 'z' and var letter: text.Append(char.ToUpperInvariant(letter)); break;
                default: return null;
            }
        }

        var segment = text.ToString();
        return BlobKey.IsSegment(segment) && EncodeSegment(segment) == name ? segment : null;
    }

    private static bool IsDevice(string segment)
    {
        var stem = segment.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && char.IsAsciiDigit(stem[3]) && stem[..3] is "COM" or "LPT");
    }

    private static string EncodeSegment(string segment)
    {
        var name = new StringBuilder(IsDevice(segment) ? NotADevice : "");
        foreach (var character in segment)
        {
            _ = char.IsAsciiLetterUpper(character) ? name.Append('^').Append(char.ToLowerInvariant(character)) : name.Append(character);
        }

        if (name[^1] == '.')
        {
            name.Length--;
            name.Append(FinalDot);
        }

        return name.ToString();
    }

    private string Encode(string key)
    {
        var path = new StringBuilder(Objects);
        foreach (var segment in key.Split('/'))
        {
            var name = EncodeSegment(segment);
            path.Append(Path.DirectorySeparatorChar);
            for (; name.Length > LongestName; name = name[LongestName..])
            {
                path.Append(name.AsSpan(0, LongestName)).Append(Continues).Append(Path.DirectorySeparatorChar);
            }

            path.Append(name);
        }

        return path.ToString();
    }
}
