namespace Switchyard.Scheduling.Delivering;

public sealed class SecretEchoTests
{
    [Theory]
    [InlineData("Authorization", "Bearer s3cr3t-value", "you sent Bearer s3cr3t-value", "you sent [redacted]")]
    [InlineData("Authorization", "Bearer s3cr3t-value", "token=s3cr3t-value;", "token=[redacted];")]
    [InlineData("authorization", "Basic dXNlcjpodW50ZXIy", "user:hunter2", "user:[redacted]")]
    [InlineData("X-Api-Key", "k\"e/y 1", "{\"key\":\"k\\u0022e/y 1\"}", "{\"key\":\"[redacted]\"}")]
    [InlineData("X-Api-Key", "a&b=c/d", "q=a%26b%3Dc%2Fd", "q=[redacted]")]
    [InlineData("X-Tenant-Number", "12345678", "for 12345678", "for [redacted]")]
    [InlineData("X-Version", "2", "2 and 2", "2 and 2")]
    [InlineData("Content-Type", "application/json", "application/json", "application/json")]
    public void Values_that_were_sent_are_cleared_in_all_spellings(string name, string value, string answer, string kept) =>
        Assert.Equal(kept, new SecretEcho([KeyValuePair.Create(name, value)]).Redact(answer));

    [Fact]
    public void Longer_secret_is_cleared_whole_where_a_shorter_one_begins_it()
    {
        var echo = new SecretEcho([KeyValuePair.Create("X-Key", "abcd"), KeyValuePair.Create("X-Token", "abcdefgh")]);

        Assert.Equal("[redacted] [redacted]", echo.Redact("abcdefgh abcd"));
    }
}
