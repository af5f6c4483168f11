using FsCheck;
using FsCheck.Fluent;
using Switchyard.TestKit;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Blobs.FileSystem.Tests;

public sealed class BlobLayoutTests
{
    private readonly BlobLayout _layout = new("/data/blobs");

    [Fact]
    public void Path_of_any_key_stays_in_the_folder_is_portable_and_decodes_back()
    {
        Property.Holds(Keys, Class, ["device", "upper", "long", "final dot", "plain"], key =>
        {
            var path = Path.GetRelativePath(_layout.Objects, _layout.Pointer(key));
            var names = path.Split(Path.DirectorySeparatorChar);

            Assert.Equal(path, Path.GetRelativePath(_layout.Objects, Path.GetFullPath(_layout.Pointer(key))));
            Assert.All(names, name => Assert.True(name.Length <= 201 && name is not (".." or ".") && !name.EndsWith('.') && !name.Any(char.IsUpper)));
            Assert.Equal(key, Decode(names));
        });
    }

    [Theory]
    [InlineData("^")]
    [InlineData("a^")]
    [InlineData("^2")]
    [InlineData("^A")]
    [InlineData("A")]
    [InlineData("a.")]
    [InlineData("con")]
    [InlineData("^1a")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData(".DS_Store")]
    [InlineData("a b")]
    public void Name_that_no_segment_encodes_to_is_not_ours(string name) => Assert.Null(BlobLayout.Decode(name));

    private static Gen<string> Keys
    {
        get
        {
            var lower = Gen.NonEmptyListOf(Gen.Elements("abcxyz0189_-".ToCharArray())).Select(characters => new string([.. characters]));
            var plain = Gen.OneOf(lower, Gen.NonEmptyListOf(Gen.Elements("abcABCXYZ09_.-".ToCharArray())).Select(characters => new string([.. characters])));
            var segment = Gen.Frequency(
                (4, lower),
                (4, plain),
                (1, Gen.Elements("con", "NUL", "aux.txt", "LPT1", "com9.x")),
                (1, plain.Select(text => text + ".")),
                (1, plain.Select(text => string.Concat(Enumerable.Repeat(text, 300))[..300])));
            return Gen.Choose(1, 4).SelectMany(count => Gen.ListOf(segment.Where(text => text is not ("." or "..")), count))
                .Select(segments => string.Join('/', segments))
                .Where(key => key.Length <= 1024);
        }
    }

    private static string Class(string key) => key switch
    {
        _ when key.Split('/').Any(segment => segment.Length > 200) => "long",
        _ when key.Split('/').Any(segment => segment.EndsWith('.')) => "final dot",
        _ when key.Contains("con", StringComparison.OrdinalIgnoreCase) || key.Contains("nul", StringComparison.OrdinalIgnoreCase)
            || key.Contains("aux", StringComparison.Ordinal) || key.Contains("LPT", StringComparison.Ordinal) || key.Contains("com", StringComparison.Ordinal) => "device",
        _ when key.Any(char.IsUpper) => "upper",
        _ => "plain",
    };

    private static string Decode(string[] names)
    {
        var segments = new List<string>();
        var begun = "";
        foreach (var name in names)
        {
            if (name.EndsWith('+'))
            {
                begun += name[..^1];
                continue;
            }

            segments.Add(BlobLayout.Decode(begun + name.TrimEnd('@'))!);
            begun = "";
        }

        return string.Join('/', segments);
    }
}
