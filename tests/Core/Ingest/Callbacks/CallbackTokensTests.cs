using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Switchyard.TestKit;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Ingest.Callbacks;

public sealed class CallbackTokensTests
{
    private static readonly Guid Run = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_token_says_what_it_was_made_for_until_it_expires()
    {
        var tokens = Create();
        var init = tokens.Make(Run, CallbackToken.Init, 7);
        var access = tokens.Make(Run, CallbackToken.Access, 7);

        Assert.Equal(new CallbackToken(Run, "init", 7, _clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()), tokens.Read(init, CallbackToken.Init));
        Assert.Null(tokens.Read(init, CallbackToken.Access));
        Assert.Null(tokens.Read(access, CallbackToken.Init));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(tokens.Read(init, CallbackToken.Init));
        Assert.NotNull(tokens.Read(access, CallbackToken.Access));
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Null(tokens.Read(access, CallbackToken.Access));
    }

    [Fact]
    public void Any_changed_character_makes_a_token_bad()
    {
        var tokens = Create();
        var token = tokens.Make(Run, CallbackToken.Access, 1);
        var gen = from index in Gen.Choose(0, token.Length - 1)
                  from c in Gen.Elements("ABCabc019-_.=".ToCharArray())
                  select (index, c);

        Property.Holds(gen, value => token[value.index] == value.c ? "same" : "changed", ["changed"], value =>
        {
            var changed = token[..value.index] + value.c + token[(value.index + 1)..];
            Assert.Equal(changed == token, tokens.Read(changed, CallbackToken.Access) is not null);
        });
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT","alg":"HS256"}""")]
    public void No_other_header_is_read_even_when_the_signature_is_right(string header)
    {
        var payload = Create().Make(Run, CallbackToken.Access, 1).Split('.')[1];
        var content = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{payload}";
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(IngestHost.Key, Encoding.ASCII.GetBytes(content)));

        Assert.Null(Create().Read($"{content}.{signature}", CallbackToken.Access));
        Assert.Null(Create().Read($"{content}.", CallbackToken.Access));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9..")]
    public void What_is_no_token_is_none(string? text)
    {
        Assert.Null(Create().Read(text, CallbackToken.Access));
        Assert.Null(Create().Read(CallbackTokens.Header + new string('x', 2000), CallbackToken.Access));
    }

    [Fact]
    public void Another_key_reads_nothing()
    {
        var other = new CallbackTokens(Options.Create(new IngestOptions { CallbackKey = new byte[32] }), _clock);

        Assert.Null(other.Read(Create().Make(Run, CallbackToken.Access, 1), CallbackToken.Access));
    }

    private CallbackTokens Create() => new(Options.Create(new IngestOptions { CallbackKey = IngestHost.Key }), _clock);
}
