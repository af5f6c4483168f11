namespace Switchyard.Ingest.Command;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("  a\t'b c' \"d e\" ", "a|b c|d e")]
    [InlineData("a\\ b 'c\\d' \"e\\\"f\\g\"", "a b|c\\d|e\"f\\g")]
    [InlineData("a'b'\"c\"d ''", "abcd|")]
    [InlineData("a $HOME `id` $(id) * | ; && > x", "a|$HOME|`id`|$(id)|*|||;|&&|>|x")]
    public void Words_are_split_like_a_shell_and_nothing_else_happens(string text, string words) =>
        Assert.Equal(words, string.Join('|', CommandLine.Split(text)!));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    public void Nothing_and_unclosed_quotes_are_no_command(string text) => Assert.Null(CommandLine.Split(text));
}
