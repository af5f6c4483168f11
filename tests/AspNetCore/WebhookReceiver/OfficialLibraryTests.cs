using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.TestKit;
using Switchyard.Webhooks;

namespace Switchyard.AspNetCore.WebhookReceiver.Tests;

/// <summary>The official library (npm <c>standardwebhooks</c>) and ours take each other's signatures, and refuse the same ones.</summary>
public sealed class OfficialLibraryTests
{
    // JSON all of them: the library parses what it has verified.
    private static readonly string[] Bodies = ["{\"a\":1}", "\"\"", " {\"ä€😀\":\t1}\r\n", "[1.5,2.5]", $"\"{new string('x', 100_000)}\""];

    [Fact]
    public async Task Each_takes_the_signatures_of_the_other()
    {
        using var library = Library.Start();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (body, length) in Bodies.Zip([24, 25, 32, 48, 64]))
        {
            var secret = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(length));
            var ours = WebhookSignature.Sign(secret, "msg_1", now, Encoding.UTF8.GetBytes(body));

            var theirs = (await library.AskAsync("sign", secret, now, body)).GetProperty("signature").GetString();

            Assert.Equal(ours, theirs);
            Assert.True((await library.AskAsync("verify", secret, now, body, $"v1,AAAA {ours}")).GetProperty("valid").GetBoolean());
            var headers = new WebhookHeaders("msg_1", WebhookSignature.FormatTimestamp(now), theirs);
            Assert.Equal(WebhookVerification.Valid, WebhookSignature.Verify([secret], headers, Encoding.UTF8.GetBytes(body), now));
        }
    }

    [Theory]
    [InlineData(-1000)]
    [InlineData(1000)]
    public async Task Both_refuse_a_time_that_is_too_far_off(int seconds)
    {
        using var library = Library.Start();
        var now = TimeProvider.System.GetUtcNow();
        var secret = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32));
        var signature = WebhookSignature.Sign(secret, "msg_1", now.AddSeconds(seconds), "{}"u8);

        Assert.False((await library.AskAsync("verify", secret, now.AddSeconds(seconds), "{}", signature)).GetProperty("valid").GetBoolean());
        var headers = new WebhookHeaders("msg_1", WebhookSignature.FormatTimestamp(now.AddSeconds(seconds)), signature);
        Assert.NotEqual(WebhookVerification.Valid, WebhookSignature.Verify([secret], headers, "{}"u8, now));
    }

    [Fact]
    public async Task Both_refuse_the_signature_of_another_secret_or_body()
    {
        using var library = Library.Start();
        var now = TimeProvider.System.GetUtcNow();
        var secret = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32));
        string[] signatures =
        [
            WebhookSignature.Sign(WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32)), "msg_1", now, "{}"u8),
            WebhookSignature.Sign(secret, "msg_1", now, "{ }"u8),
            WebhookSignature.Sign(secret, "msg_2", now, "{}"u8),
        ];
        foreach (var signature in signatures)
        {
            Assert.False((await library.AskAsync("verify", secret, now, "{}", signature)).GetProperty("valid").GetBoolean());
            var headers = new WebhookHeaders("msg_1", WebhookSignature.FormatTimestamp(now), signature);
            Assert.Equal(WebhookVerification.NoMatchingSignature, WebhookSignature.Verify([secret], headers, "{}"u8, now));
        }
    }

    /// <summary>The library in a process of its own.</summary>
    private sealed class Library(Process process) : IDisposable
    {
        public static Library Start()
        {
            var node = Requires.Program("node", "apt-get install -y nodejs npm");
            var folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "AspNetCore", "WebhookReceiver", "OfficialLibrary");
            Requires.That(Directory.Exists(Path.Combine(folder, "node_modules")), "standardwebhooks", "npm ci --prefix tests/AspNetCore/WebhookReceiver/OfficialLibrary");
            return new Library(Process.Start(new ProcessStartInfo(node, [Path.Combine(folder, "webhooks.mjs")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardInputEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = Encoding.UTF8,
            })!);
        }

        public async Task<JsonElement> AskAsync(string verb, WebhookSecret secret, DateTimeOffset timestamp, string body, string? signature = null)
        {
            var question = new { verb, secret = secret.Reveal(), id = "msg_1", timestamp = timestamp.ToUnixTimeSeconds(), body, signature };
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
            await process.StandardInput.FlushAsync();
            var answer = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
            return JsonElement.Parse(answer!);
        }

        public void Dispose()
        {
            process.Kill();
            process.Dispose();
        }
    }
}
