using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Scheduling.Receivers;
using Switchyard.Scheduling.Rendering;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Scheduling.Rules;

public sealed class HeaderRulesTests
{
    // P-WH3: whatever the rules let through arrives as it is, and as nothing more, on a real connection.
    [Fact]
    public async Task Accepted_headers_arrive_as_they_are_and_nothing_is_injected()
    {
        await using var receiver = RawReceiver.Say("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        await using var host = await SchedulingHost.StartAsync();
        Property.Holds(
            Cases(),
            headers => IsAccepted(headers) ? headers.Any(header => header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) ? "of the content" : "accepted" : "refused",
            ["of the content", "accepted", "refused"],
            async headers =>
            {
                if (!IsAccepted(headers))
                {
                    return;
                }

                using var message = new OutgoingRequest("POST", receiver.Url, headers, headers.Length, null).ToMessage();
                using var answer = await host.Guard.SendAsync(message, CancellationToken.None);

                string head;
                lock (receiver.Heads)
                {
                    head = receiver.Heads[^1];
                }

                var sent = Parse(head).Where(header => header.Name is not ("Host" or "Content-Length")).OrderBy(header => header.Name, StringComparer.Ordinal);
                Assert.Equal(headers.Select(header => (header.Key, header.Value)).OrderBy(header => header.Key, StringComparer.Ordinal), sent);
            },
            cases: 300);
    }

    private static bool IsAccepted(KeyValuePair<string, string>[] headers)
    {
        var problems = new ProblemList();
        HeaderRules.Check(headers, problems);
        return problems.ToRefusal() is null;
    }

    private static List<(string Name, string Value)> Parse(string head) =>
        [.. head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : ""))];

    private static Gen<KeyValuePair<string, string>[]> Cases()
    {
        var name = Gen.Frequency(
            (8, Gen.Elements("X-Key", "Authorization", "User-Agent", "Accept", "Cookie", "Date", "If-None-Match", "x!#$%&'*+.^_`|~1", "Range", "Referer")),
            (3, Gen.Elements("Content-Type", "Content-Encoding", "Content-Language", "Content-MD5", "Expires")),
            (1, Gen.Elements("Host", "Content-Length", "X Key", "X\r\nY", "Ü", "TE", ":path")));
        var visible = Gen.Choose(0x21, 0x7e).Select(c => (char)c);
        var value = Gen.Frequency(
            (9, Gen.NonEmptyListOf(visible).Select(chars => string.Concat(chars))),
            (3, Gen.Elements("a b", "Bearer x.y.z", "a,b;c=\"d\"", "{\"a\":1}", "a: b", "text/plain; charset=utf-8")),
            (1, Gen.Elements("a\r\nX-Evil: 1", "ü", "a\0", " a", "\u0085")));
        return from pairs in Gen.ListOf(Gen.Zip(name, value), 3)
               select pairs.GroupBy(pair => pair.Item1, StringComparer.OrdinalIgnoreCase).Select(same => KeyValuePair.Create(same.Key, same.First().Item2)).ToArray();
    }
}
