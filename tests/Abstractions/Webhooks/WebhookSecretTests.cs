using System.Security.Cryptography;

namespace Switchyard.Webhooks.Tests;

public sealed class WebhookSecretTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(32)]
    [InlineData(64)]
    public void What_is_written_reads_back(int bytes)
    {
        var key = RandomNumberGenerator.GetBytes(bytes);

        var text = WebhookSecret.FromBytes(key).Reveal();

        Assert.Equal("whsec_" + Convert.ToBase64String(key), text);
        Assert.Equal(text, WebhookSecret.Parse(text).Reveal());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa_w")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ")]
    [InlineData("whsec_MfKQ9r8GKYqr TwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB==")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Anything_but_the_one_spelling_is_refused_and_not_repeated(string? text)
    {
        Assert.False(WebhookSecret.TryParse(text, out var secret));
        Assert.Null(secret);
        var failure = Record.Exception(() => WebhookSecret.Parse(text!));
        Assert.True(text is null ? failure is ArgumentNullException : failure is FormatException);
        Assert.DoesNotContain("MfKQ", failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(65)]
    public void Keys_of_other_lengths_are_refused(int bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WebhookSecret.FromBytes(new byte[bytes]));

    [Fact]
    public void The_bytes_are_copied()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var secret = WebhookSecret.FromBytes(key);
        var before = secret.Reveal();

        Array.Clear(key);

        Assert.Equal(before, secret.Reveal());
    }

    [Fact]
    public void Text_for_logs_shows_nothing_of_the_key() =>
        Assert.Equal("whsec_***", $"{WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32))}");
}
