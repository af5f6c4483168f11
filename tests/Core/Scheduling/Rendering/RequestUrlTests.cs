using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Scheduling.Rendering;

public sealed class RequestUrlTests
{
    [Theory]
    [InlineData("https://a.example/p", "https://a.example/p?k=v%20%26%3D%3F%23")]
    [InlineData("https://a.example/p?x=1", "https://a.example/p?x=1&k=v%20%26%3D%3F%23")]
    [InlineData("https://a.example/p?", "https://a.example/p?k=v%20%26%3D%3F%23")]
    [InlineData("https://a.example/p?x=1&", "https://a.example/p?x=1&k=v%20%26%3D%3F%23")]
    [InlineData("https://a.example/p#part", "https://a.example/p?k=v%20%26%3D%3F%23")]
    [InlineData("https://a.example", "https://a.example?k=v%20%26%3D%3F%23")]
    public void Parameters_are_appended_to_the_query_that_is_there(string url, string built) =>
        Assert.Equal(built, RequestUrl.Build(url, [KeyValuePair.Create("k", "v &=?#")]));

    [Theory]
    [InlineData("https://a.example/p?x=1#part", "https://a.example/p?x=1")]
    [InlineData("https://a.example/p", "https://a.example/p")]
    [InlineData("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC")]
    public void URL_is_stored_in_ASCII_and_without_fragment(string url, string stored) => Assert.Equal(stored, RequestUrl.Stored(url));

    // P-WH5, by a parser of our own: what a receiver reads is what was given.
    [Fact]
    public void Receiver_reads_every_parameter_as_it_was_given() => Property.Holds(
        Cases(),
        sample => sample.Url.Contains('?', StringComparison.Ordinal)
            ? sample.Parameters.Any(pair => sample.Url.Contains(pair.Key + "=", StringComparison.Ordinal)) ? "clashing name" : "query there" : "no query",
        ["clashing name", "query there", "no query"],
        sample =>
        {
            var built = RequestUrl.Build(sample.Url, sample.Parameters);
            var uri = new Uri(built);
            var pairs = Parse(uri.Query);
            var before = Parse(new Uri(sample.Url).Query);

            Assert.Equal(before.Concat(sample.Parameters), pairs);
            Assert.Equal(new Uri(sample.Url).AbsolutePath, uri.AbsolutePath);
        });

    private static List<KeyValuePair<string, string>> Parse(string query) =>
        [.. query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2))
            .Select(pair => KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""))];

    private static Gen<Sample> Cases()
    {
        var url = Gen.Elements("https://a.example/p", "https://a.example/p?", "https://a.example/p?a=1", "https://a.example/?a=1&key=2&", "https://a.example/x?b=%20");
        var text = Gen.Elements("a", "b", "key", "a&b=c", "ü", "😀", "100%", "+ +", "\"'<>", "#?/", "\u0001", "%41", "=");
        return from address in url
               from names in Gen.SubListOf("a", "key", "a&b=c", "ü ö", "😀", "%20", "b")
               from values in Gen.ArrayOf(text, names.Count)
               select new Sample(address, [.. names.Zip(values, KeyValuePair.Create)]);
    }

    private sealed record Sample(string Url, KeyValuePair<string, string>[] Parameters);
}
