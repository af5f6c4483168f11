using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Storage.EfCore.Tests;

public sealed class StoredTextTests
{
    private static readonly Gen<string> Texts =
        from parts in Gen.ListOf(Gen.Frequency((12, Gen.Elements("a", "é", "\ud83d\ude00", "\uFFFD", "\r\n")), (1, Gen.Elements("\0", "\ud83d", "\ude00"))))
        select string.Concat(parts);

    [Fact]
    public void Cleaned_text_is_storable_no_longer_than_allowed_and_otherwise_the_same()
    {
        var gen = from text in Texts from length in Gen.Choose(1, 80) select (Text: text, Length: length);

        Property.Holds(
            gen,
            sample => sample.Text.Length > sample.Length ? "cut" : StoredText.IsStorable(sample.Text) ? "kept" : "repaired",
            ["cut", "kept", "repaired"],
            sample =>
            {
                var cleaned = StoredText.Clean(sample.Text, sample.Length);

                Assert.True(StoredText.IsStorable(cleaned));
                Assert.InRange(cleaned.Length, Math.Min(sample.Text.Length, sample.Length) - 1, sample.Length);
                Assert.DoesNotContain('\0', cleaned);
                for (var i = 0; i < cleaned.Length; i++)
                {
                    Assert.True(cleaned[i] == sample.Text[i] || cleaned[i] == '\uFFFD', $"Position {i} of '{cleaned}' is neither the text's nor a replacement.");
                }

                Assert.Equal(cleaned, StoredText.Clean(cleaned, sample.Length));
            });
    }

    [Fact]
    public void Pair_at_the_cut_goes_as_a_whole() => Assert.Equal("ab", StoredText.Clean("ab\ud83d\ude00c", 3));

    [Fact]
    public void Nothing_stays_nothing() => Assert.Null(StoredText.Clean(null));
}
