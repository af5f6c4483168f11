namespace Switchyard.AspNetCore.Scheduling.Tests;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2024-01-01T02:00:00Z", "2024-01-01T02:00:00.0000000Z")]
    [InlineData("2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00.0000000Z")]
    [InlineData("2024-01-01T02:00:00.5-00:30", "2024-01-01T02:30:00.5000000Z")]
    [InlineData("2024-02-29T23:59:59.1234567Z", "2024-02-29T23:59:59.1234567Z")]
    public void An_instant_is_read_with_its_offset(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var instant));

        Assert.Equal(expected, instant.UtcDateTime.ToString("O"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2024-01-01")]
    [InlineData("2024-01-01T02:00:00")]
    [InlineData("2024-01-01T02:00Z")]
    [InlineData("2024-01-01 02:00:00Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T02:00:00Z ")]
    [InlineData(" 2024-01-01T02:00:00Z")]
    [InlineData("2024-01-01T02:00:00Z\0")]
    [InlineData("2024-01-01T02:00:00 02:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("99999-01-01T00:00:00Z")]
    [InlineData("1704067200")]
    [InlineData("٢٠٢٤-01-01T02:00:00Z")]
    [InlineData("now")]
    public void Anything_else_is_none(string? text) => Assert.False(Rfc3339.TryParse(text, out _));
}
