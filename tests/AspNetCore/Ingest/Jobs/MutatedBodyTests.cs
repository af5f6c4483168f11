using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.AspNetCore.Ingest.Tests.Http;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

public sealed class MutatedBodyTests : IAsyncLifetime
{
    private const string FileName = "sat_results.csv";
    private static readonly string Body = Submissions.Body();

    private static readonly string[] Splices =
        ["\"", "\\", "{", "}", "[", "]", ":", ",", "null", "1e999", "\\u0000", "\\ud800", "\0", "\u202e", "/*", "\"files\":{},", "😀", "\u00ff"];

    private IngestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await IngestApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public void Body_with_anything_spliced_in_or_cut_out_is_created_or_refused_but_never_a_failure()
    {
        var created = 0;

        Property.Holds(
            Mutations(),
            mutation => mutation.Kind,
            ["splice", "cut", "byte"],
            async mutation =>
            {
                var answer = await _app.SendAsync(HttpMethod.Post, "/api/v1/jobs", TokenOf.Acme, IngestApp.Content(mutation.Body));

                Assert.True(answer.Status is 201 or 400 or 403, $"{answer.Status} for {Convert.ToHexString(mutation.Body)}: {answer.Body}");
                if (answer.Status == 201)
                {
                    created++;
                }
                else
                {
                    Assert.Equal(["message", "error", "statusCode", "code"], answer.Json.AsObject().Select(member => member.Key));
                }

                Assert.Equal(created, await _app.CountJobsAsync());
            },
            cases: 300);
    }

    private static Gen<(string Kind, byte[] Body)> Mutations()
    {
        // Half of the places are in the file's name, where much is allowed: elsewhere nearly all is refused.
        var name = Body.IndexOf(FileName, StringComparison.Ordinal);
        var place = Gen.OneOf(Gen.Choose(0, Body.Length), Gen.Choose(name, name + FileName.Length));
        var splice = from at in place
                     from text in Gen.Elements(Splices)
                     select ("splice", Encoding.UTF8.GetBytes(Body.Insert(at, text)));
        var cut = from at in place
                  from length in Gen.Choose(1, 5)
                  select ("cut", Encoding.UTF8.GetBytes(Body.Remove(Math.Min(at, Body.Length - 1), Math.Min(length, Body.Length - Math.Min(at, Body.Length - 1)))));
        var flip = from at in Gen.Choose(0, Body.Length - 1)
                   from value in Gen.Choose(0, 255)
                   select ("byte", Flipped(at, (byte)value));
        return Gen.OneOf(splice, cut, flip);
    }

    private static byte[] Flipped(int at, byte value)
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        bytes[at] = value;
        return bytes;
    }
}
