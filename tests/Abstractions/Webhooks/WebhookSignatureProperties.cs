using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Webhooks.Tests;

/// <summary>What holds for all secrets, ids, times and bodies; the signature is made by a few lines that share nothing with the library.</summary>
public sealed class WebhookSignatureProperties
{
    private const string Visible = "abcXYZ019_-!~+/=,:";

    private static readonly string[] Parts = ["id", "timestamp", "signature", "body"];

    private static Gen<Message> Messages { get; } =
        from length in Gen.Choose(WebhookSecret.MinBytes, WebhookSecret.MaxBytes)
        from key in Gen.Choose(0, 255).Select(part => (byte)part).ArrayOf(length)
        from id in Gen.Elements(Visible.ToCharArray()).NonEmptyListOf().Select(parts => string.Concat(parts))
        from seconds in Gen.Choose(1_000_000_000, int.MaxValue)
        from body in Gen.Choose(0, 255).Select(part => (byte)part).ArrayOf()
        select new Message(key, id, seconds, body);

    [Fact]
    public void What_is_signed_is_verified_and_is_the_HMAC() =>
        Property.Holds(
            Messages,
            message => message.Body.Length == 0 ? "empty body" : "with body",
            ["with body"],
            message =>
            {
                var signature = WebhookSignature.Sign(message.Secret, message.Id, message.Time, message.Body);

                Assert.Equal(message.ExpectedSignature(), signature);
                Assert.Equal(WebhookVerification.Valid, WebhookSignature.Verify([message.Secret], message.Headers(signature), message.Body, message.Time));
            });

    [Fact]
    public void Any_one_bit_that_is_flipped_spoils_it() =>
        Property.Holds(
            from message in Messages
            from part in Gen.Elements(Parts)
            from at in Gen.Choose(0, 1_000_000)
            select (message, part, at),
            sample => sample.part,
            Parts,
            sample =>
            {
                var (message, part, at) = sample;
                var (id, timestamp) = (Encoding.Latin1.GetBytes(message.Id), Encoding.Latin1.GetBytes($"{message.Seconds}"));
                var (signature, body) = (Encoding.Latin1.GetBytes(message.ExpectedSignature()), message.Body.Length == 0 ? [0] : message.Body.ToArray());
                Flip(part switch { "id" => id, "timestamp" => timestamp, "signature" => signature, _ => body }, at);

                var headers = new WebhookHeaders(Encoding.Latin1.GetString(id), Encoding.Latin1.GetString(timestamp), Encoding.Latin1.GetString(signature));
                var sent = part == "body" ? body : message.Body;
                Assert.NotEqual(WebhookVerification.Valid, WebhookSignature.Verify([message.Secret], headers, sent, message.Time, TimeSpan.FromDays(100_000)));
            },
            cases: 5_000);

    [Fact]
    public void Any_one_of_the_secrets_suffices_by_any_one_of_the_signatures() =>
        Property.Holds(
            from message in Messages
            from secrets in Gen.Choose(0, 3)
            from signatures in Gen.Choose(0, 3)
            from isKnown in Gen.Elements(true, false)
            select (message, secrets, signatures, isKnown),
            sample => sample.isKnown ? "known" : "unknown",
            ["known", "unknown"],
            sample =>
            {
                var (message, others, foreign, isKnown) = sample;
                List<WebhookSecret> secrets = [.. Enumerable.Range(0, others).Select(_ => Stranger())];
                List<string> signatures = [.. Enumerable.Range(0, foreign).Select(_ => WebhookSignature.Sign(Stranger(), message.Id, message.Time, message.Body))];
                signatures.Insert(signatures.Count / 2, message.ExpectedSignature());
                if (isKnown)
                {
                    secrets.Insert(secrets.Count / 2, message.Secret);
                }

                var verification = WebhookSignature.Verify(secrets, message.Headers(string.Join(' ', signatures)), message.Body, message.Time);

                Assert.Equal(isKnown ? WebhookVerification.Valid : WebhookVerification.NoMatchingSignature, verification);
            });

    [Fact]
    public void Time_decides_within_the_tolerance_to_the_second() =>
        Property.Holds(
            from message in Messages
            from offset in Gen.OneOf(Gen.Choose(-310, -290), Gen.Choose(290, 310), Gen.Choose(-100_000, 100_000))
            select (message, offset),
            sample => Math.Abs(sample.offset) <= 300 ? "within" : sample.offset < 0 ? "too new" : "too old",
            ["within", "too new", "too old"],
            sample =>
            {
                var verification = WebhookSignature.Verify(
                    [sample.message.Secret], sample.message.Headers(sample.message.ExpectedSignature()), sample.message.Body, sample.message.Time.AddSeconds(sample.offset));

                Assert.Equal(
                    sample.offset > 300 ? WebhookVerification.TooOld : sample.offset < -300 ? WebhookVerification.TooNew : WebhookVerification.Valid,
                    verification);
            });

    private static WebhookSecret Stranger() => WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32));

    private static void Flip(byte[] bytes, int at) => bytes[at / 8 % bytes.Length] ^= (byte)(1 << (at % 8));

    private sealed record Message(byte[] Key, string Id, int Seconds, byte[] Body)
    {
        public WebhookSecret Secret => WebhookSecret.Parse("whsec_" + Convert.ToBase64String(Key));

        public DateTimeOffset Time => DateTimeOffset.FromUnixTimeSeconds(Seconds);

        public WebhookHeaders Headers(string signature) => new(Id, $"{Seconds}", signature);

        public string ExpectedSignature() =>
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key, (byte[])[.. Encoding.Latin1.GetBytes($"{Id}.{Seconds}."), .. Body]));
    }
}
