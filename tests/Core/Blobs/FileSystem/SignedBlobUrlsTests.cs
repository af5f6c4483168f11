using FsCheck;
using FsCheck.Fluent;
using Switchyard.TestKit;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Blobs.FileSystem.Tests;

public sealed class SignedBlobUrlsTests : IDisposable
{
    private const string Key = "jobs/acme/acme-west/0191f7c8-0000-7000-8000-000000000001/input/0191f7c8-0000-7000-8000-000000000002";
    private readonly FileSystemBlobs _blobs = new();

    [Fact]
    public void Signed_url_is_the_public_url_with_prefix_key_expiry_limit_and_signature()
    {
        var url = Upload();

        Assert.Matches($@"^https://api\.example\.org/base/blobs/{Key}\?expires=1772442000&max=1000&signature=[\w-]{{43}}$", url.AbsoluteUri);
        Assert.Equal(new SignedBlob(Key, 1000), Verify("PUT", url));
    }

    [Fact]
    public void Download_url_serves_get_and_head()
    {
        var url = _blobs.Urls.SignDownload(Key, TimeSpan.FromHours(1));

        Assert.Equal(new SignedBlob(Key, 0), Verify("GET", url));
        Assert.Equal(new SignedBlob(Key, 0), Verify("HEAD", url));
        Assert.Null(Verify("PUT", url));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("put")]
    public void Upload_url_serves_put_only(string method) => Assert.Null(Verify(method, Upload()));

    [Fact]
    public void Url_is_good_until_it_expires_and_a_second_later_no_more()
    {
        var url = Upload();

        _blobs.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(Verify("PUT", url));

        _blobs.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Verify("PUT", url));
    }

    [Fact]
    public void Parameters_may_come_in_any_order()
    {
        var parts = Upload().Query[1..].Split('&');

        Assert.Equal(new SignedBlob(Key, 1000), _blobs.Urls.Verify("PUT", "/blobs/" + Key, $"?{parts[2]}&{parts[0]}&{parts[1]}"));
    }

    [Fact]
    public void Key_of_another_node_is_refused()
    {
        var url = Upload();

        _blobs.Options.SigningKey = new byte[32];

        Assert.Null(Verify("PUT", url));
    }

    [Theory]
    [InlineData("x-amz-acl=public-read")]
    [InlineData("x-id=PutObject")]
    [InlineData("max=1000")]
    [InlineData("max=99999999")]
    [InlineData("expires=9999999999")]
    [InlineData("signature=AAAA")]
    [InlineData("")]
    [InlineData("=")]
    public void Added_or_repeated_parameter_is_refused(string added)
    {
        var query = Upload().Query;

        Assert.Null(_blobs.Urls.Verify("PUT", "/blobs/" + Key, query + "&" + added));
        Assert.Null(_blobs.Urls.Verify("PUT", "/blobs/" + Key, "?" + added + "&" + query[1..]));
    }

    [Fact]
    public void Any_change_of_path_or_query_is_refused()
    {
        var url = Upload();
        string path = "/blobs/" + Key, query = url.Query, whole = path + query;
        var mutation =
            from kind in Gen.Elements("change", "insert", "delete", "swap-case", "encode")
            from at in Gen.Choose(0, whole.Length - 1)
            from with in Gen.Choose(33, 126).Select(code => (char)code)
            let mutated = Mutate(whole, kind, at, with)
            where mutated != whole
            select (kind, mutated);

        Property.Holds(mutation, value => value.kind, ["change", "insert", "delete", "swap-case", "encode"], value =>
        {
            var mark = value.mutated.IndexOf('?', StringComparison.Ordinal);
            var (mutatedPath, mutatedQuery) = mark < 0 ? (value.mutated, "") : (value.mutated[..mark], value.mutated[mark..]);

            Assert.Null(_blobs.Urls.Verify("PUT", mutatedPath, mutatedQuery));
        }, cases: 5000);
        Assert.NotNull(_blobs.Urls.Verify("PUT", path, query));
    }

    [Theory]
    [InlineData("expires=0&max=0&signature=")]
    [InlineData("expires=99999999999999999999&max=1&signature=x")]
    [InlineData("expires=9223372036854775807&max=1&signature=x")]
    [InlineData("expires=-1&max=-1&signature=x")]
    [InlineData("expires&max&signature")]
    [InlineData("signature=%ff%ff")]
    [InlineData("signature=\u00e9")]
    public void Nonsense_is_refused_and_never_throws(string query)
    {
        Assert.Null(_blobs.Urls.Verify("PUT", "/blobs/" + Key, "?" + query));
        Assert.Null(_blobs.Urls.Verify("GET", "/blobs/../" + Key, "?" + query));
        Assert.Null(_blobs.Urls.Verify("GET", "", ""));
    }

    [Fact]
    public void Lifetime_and_limit_must_be_positive_and_the_key_well_formed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _blobs.Urls.SignUpload(Key, new UploadGrant(TimeSpan.Zero, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _blobs.Urls.SignUpload(Key, new UploadGrant(TimeSpan.FromHours(1), 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _blobs.Urls.SignDownload(Key, TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentException>(() => _blobs.Urls.SignDownload("../x", TimeSpan.FromHours(1)));
    }

    public void Dispose() => _blobs.Dispose();

    private static string Mutate(string text, string kind, int at, char with) => kind switch
    {
        "change" => text[..at] + with + text[(at + 1)..],
        "insert" => text.Insert(at, with.ToString()),
        "delete" => text.Remove(at, 1),
        "encode" => $"{text[..at]}%{(int)text[at]:x2}{text[(at + 1)..]}",
        _ => text[..at] + (char.IsUpper(text[at]) ? char.ToLowerInvariant(text[at]) : char.ToUpperInvariant(text[at])) + text[(at + 1)..],
    };

    private Uri Upload() => _blobs.Urls.SignUpload(Key, new UploadGrant(TimeSpan.FromHours(1), 1000));

    private SignedBlob? Verify(string method, Uri url) => _blobs.Urls.Verify(method, url.AbsolutePath["/base".Length..], url.Query);
}
