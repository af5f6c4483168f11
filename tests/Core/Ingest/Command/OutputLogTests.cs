using System.Text;
using Microsoft.Extensions.Options;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.Ingest.Command;

public sealed class OutputLogTests
{
    private static readonly string Token = new CallbackTokens(
        Options.Create(new IngestOptions { CallbackKey = IngestHost.Key }), TimeProvider.System).Make(Guid.NewGuid(), CallbackToken.Access, 1);

    [Fact]
    public async Task The_last_64_KiB_are_at_hand_and_all_is_kept()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i} é\n"));

        var (tail, all) = await KeepAsync(text);

        Assert.Equal(text, all);
        Assert.InRange(Encoding.UTF8.GetByteCount(tail), (64 * 1024) - 1, 64 * 1024);
        Assert.EndsWith(tail, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_cleared_wherever_they_are_even_in_endless_lines()
    {
        var filler = string.Concat(Enumerable.Repeat("word ", 20_000));
        var text = $"a {Token} b\n{filler}{Token} {filler}\nhunter2hunter2 https://x/y?X-Amz-Signature=abc&signature=def\n";

        var (tail, all) = await KeepAsync(text, "hunter2hunter2", "");

        Assert.DoesNotContain(Token[40..60], all, StringComparison.Ordinal);
        Assert.EndsWith("[redacted] https://x/y?X-Amz-Signature=[redacted]&signature=[redacted]\n", tail, StringComparison.Ordinal);
        Assert.StartsWith("a [redacted] b\n", all, StringComparison.Ordinal);
        Assert.Equal(2, all.Split("[redacted]").Length - 1 - 3);
    }

    [Fact]
    public async Task What_is_no_text_is_replaced()
    {
        var (tail, _) = await KeepAsync([0x61, 0x00, 0xFF, 0x62]);

        Assert.Equal("a\uFFFD\uFFFDb", tail);
    }

    private static Task<(string Tail, string All)> KeepAsync(string text, params string[] secrets) => KeepAsync(Encoding.UTF8.GetBytes(text), secrets);

    private static async Task<(string Tail, string All)> KeepAsync(byte[] bytes, params string[] secrets)
    {
        await using var log = new OutputLog(new Redactor(secrets));
        using var reader = new StreamReader(new MemoryStream(bytes));
        await log.PumpAsync(reader, TestContext.Current.CancellationToken);
        using var all = new StreamReader(await log.RewindAsync(TestContext.Current.CancellationToken));
        return (log.Tail, await all.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
