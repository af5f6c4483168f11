using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Webhooks.Tests;

public sealed class WebhookSignatureTests
{
    private const string Id = "msg_1";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly WebhookSecret Secret = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32));
    private static readonly WebhookSecret Other = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32));
    private static readonly byte[] Body = "{\"a\":1}"u8.ToArray();

    // Made once with Python's hmac module, which shares nothing with .NET's.
    [Fact]
    public void Signature_is_the_HMAC_of_id_timestamp_and_body()
    {
        var secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var signature = WebhookSignature.Sign(secret, "msg_loFOjxBNrRLzqYUf", DateTimeOffset.FromUnixTimeSeconds(1_731_705_121), "{\"event_type\":\"ping\",\"data\":{\"success\":true}}"u8);

        Assert.Equal("v1,ra7kgjOCnSSR5URJ70WM3QMv18NGuuwnmtI2W0CEQ1c=", signature);
    }

    [Theory]
    [InlineData(-301, WebhookVerification.TooOld)]
    [InlineData(-300, WebhookVerification.Valid)]
    [InlineData(0, WebhookVerification.Valid)]
    [InlineData(300, WebhookVerification.Valid)]
    [InlineData(301, WebhookVerification.TooNew)]
    public void Timestamp_may_be_300_seconds_off_both_ways(int seconds, WebhookVerification expected) =>
        Assert.Equal(expected, Verify(Signed(Now.AddSeconds(seconds)), [Secret]));

    [Fact]
    public void Tolerance_may_be_another()
    {
        var headers = Signed(Now.AddSeconds(-11));

        Assert.Equal(WebhookVerification.TooOld, WebhookSignature.Verify([Secret], headers, Body, Now, TimeSpan.FromSeconds(10)));
        Assert.Equal(WebhookVerification.Valid, WebhookSignature.Verify([Secret], headers, Body, Now, TimeSpan.FromSeconds(11)));
    }

    [Fact]
    public void Any_of_several_secrets_suffices_and_none_is_none()
    {
        Assert.Equal(WebhookVerification.Valid, Verify(Signed(Now), [Other, Secret]));
        Assert.Equal(WebhookVerification.Valid, Verify(Signed(Now), [Secret, Other]));
        Assert.Equal(WebhookVerification.NoMatchingSignature, Verify(Signed(Now), [Other]));
        Assert.Equal(WebhookVerification.NoMatchingSignature, Verify(Signed(Now), []));
    }

    [Fact]
    public void Any_of_several_signatures_suffices_and_other_versions_are_passed_over()
    {
        var good = Signed(Now);
        var foreign = WebhookSignature.Sign(Other, Id, Now, Body);

        Assert.Equal(WebhookVerification.Valid, Verify(good with { Signature = $"{foreign} {good.Signature}" }, [Secret]));
        Assert.Equal(WebhookVerification.Valid, Verify(good with { Signature = $"v1a,AAAA  x v1 {good.Signature} {foreign}" }, [Secret]));
        Assert.Equal(WebhookVerification.NoMatchingSignature, Verify(good with { Signature = good.Signature!.Replace("v1,", "v2,", StringComparison.Ordinal) }, [Secret]));
        Assert.Equal(WebhookVerification.NoMatchingSignature, Verify(good with { Signature = good.Signature![3..] }, [Secret]));
        Assert.Equal(WebhookVerification.NoMatchingSignature, Verify(good with { Signature = good.Signature!.Replace(',', 'é') }, [Secret]));
    }

    [Theory]
    [InlineData(null, "1", "v1,x")]
    [InlineData("a", null, "v1,x")]
    [InlineData("a", "1", null)]
    [InlineData("", "1", "v1,x")]
    [InlineData("a", "", "v1,x")]
    [InlineData("a", "1", "")]
    public void Missing_header_is_told(string? id, string? timestamp, string? signature) =>
        Assert.Equal(WebhookVerification.MissingHeader, Verify(new(id, timestamp, signature), [Secret]));

    [Theory]
    [InlineData("a.b", "1772438400")]
    [InlineData("a b", "1772438400")]
    [InlineData("a\n", "1772438400")]
    [InlineData("é", "1772438400")]
    [InlineData("a", "-1")]
    [InlineData("a", "+1772438400")]
    [InlineData("a", " 1772438400")]
    [InlineData("a", "1772438400.0")]
    [InlineData("a", "1772438400\0")]
    [InlineData("a", "0x69a54500")]
    [InlineData("a", "253402300800")]
    [InlineData("a", "999999999999")]
    [InlineData("a", "99999999999999999999999999")]
    [InlineData("a", "١٧٧٢٤٣٨٤٠٠")]
    [InlineData("a", "soon")]
    public void Malformed_header_is_told(string id, string timestamp) =>
        Assert.Equal(WebhookVerification.MalformedHeader, Verify(new(id, timestamp, Signed(Now).Signature), [Secret]));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("\u00e9")]
    public void Ids_that_no_verifier_would_take_are_not_signed(string id)
    {
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign(Secret, id, Now, Body));
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign(Secret, new string('a', 257), Now, Body));
    }

    // Were a full stop allowed in an id, these two would be signed alike.
    [Fact]
    public void Parts_can_not_be_moved_into_each_other()
    {
        var signature = WebhookSignature.Sign(Secret, "a", Now, Encoding.UTF8.GetBytes("1772438400.x"));

        var moved = new WebhookHeaders("a." + WebhookSignature.FormatTimestamp(Now), "1772438400", signature);

        Assert.Equal(WebhookVerification.MalformedHeader, WebhookSignature.Verify([Secret], moved, "x"u8, Now));
    }

    private static WebhookHeaders Signed(DateTimeOffset timestamp) =>
        new(Id, WebhookSignature.FormatTimestamp(timestamp), WebhookSignature.Sign(Secret, Id, timestamp, Body));

    private static WebhookVerification Verify(WebhookHeaders headers, WebhookSecret[] secrets) =>
        WebhookSignature.Verify(secrets, headers, Body, Now);
}
