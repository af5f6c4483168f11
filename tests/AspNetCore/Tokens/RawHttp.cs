using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.AspNetCore.Tokens.Tests;

/// <summary>Sends requests as raw lines, as no client library would, and reads the answer to its end.</summary>
internal static class RawHttp
{
    /// <param name="url">Where to.</param>
    /// <param name="headers">Header lines, sent as they are.</param>
    public static async Task<RawAnswer> GetAsync(string url, params string[] headers)
    {
        var uri = new Uri(url);
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        string[] lines = [$"GET {uri.PathAndQuery} HTTP/1.1", $"Host: {uri.Authority}", "Connection: close", .. headers, "", ""];
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return RawAnswer.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>An answer: its status, the headers that matter here, its body.</summary>
internal sealed record RawAnswer(int Status, string? Challenge, string? RetryAfter, string Body)
{
    public static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        return new RawAnswer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), Header(lines, "WWW-Authenticate"), Header(lines, "Retry-After"), text[(end + 4)..]);
    }

    private static string? Header(string[] lines, string name)
    {
        var values = lines.Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]).ToArray();
        return values.Length == 0 ? null : string.Join(" | ", values);
    }
}
