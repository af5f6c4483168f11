namespace Switchyard.Ingest.Yaml;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("a: &x 1\nb: 2", "anchors")]
    [InlineData("a: 1\nb: *x", "aliases")]
    [InlineData("a: !!str 1", "tags")]
    [InlineData("a: !evil {}", "tags")]
    [InlineData("a: 1\n---\nb: 2", "more than one document")]
    public void What_configuration_never_needs_is_refused(string text, string why)
    {
        var exception = Assert.Throws<YamlReadException>(() => YamlText.Scan(text, "f.yml"));

        Assert.StartsWith("f.yml: line ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_two_levels_pass_and_one_more_does_not()
    {
        YamlText.Scan(new string('[', 32) + new string(']', 32), "f.yml");
        Assert.Contains("deeper", Refusal(new string('[', 33) + new string(']', 33)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_brackets_are_refused_on_a_small_stack()
    {
        string? refusal = null;
        var thread = new Thread(() => refusal = Refusal(new string('[', 100_000)), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();

        Assert.Contains("deeper", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_elements_and_too_long_a_text_are_refused()
    {
        Assert.Contains("elements", Refusal("[" + string.Join(',', Enumerable.Repeat("1", 20_001)) + "]"), StringComparison.Ordinal);
        Assert.Contains("longer", Refusal(new string(' ', (256 * 1024) + 1)), StringComparison.Ordinal);
    }

    private static string Refusal(string text) => Assert.Throws<YamlReadException>(() => YamlText.Scan(text, "f.yml")).Message;
}
