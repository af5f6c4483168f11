using Microsoft.AspNetCore.Http;
using Switchyard.Errors;

namespace Switchyard.AspNetCore.Ingest.Tests.Shared;

public sealed class ErrorSurfaceMapTests
{
    private static readonly ErrorSurfaceMap Map = new([new Surface("/"), new Surface("/api"), new Surface("/api/v1", "/blobs")]);

    [Theory]
    [InlineData("/api/v1/jobs", "/api/v1")]
    [InlineData("/API/V1", "/api/v1")]
    [InlineData("/api/v1/", "/api/v1")]
    [InlineData("/blobs/a/b", "/api/v1")]
    [InlineData("/api/v10", "/api")]
    [InlineData("/api/v2/jobs", "/api")]
    [InlineData("/apis", "/")]
    [InlineData("/blobsy", "/")]
    [InlineData("//api/v1/jobs", "/")]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    public void Longest_prefix_of_whole_segments_owns_a_path(string path, string owner) =>
        Assert.Equal(owner, Map.Find(new PathString(path))?.Prefixes[0]);

    [Fact]
    public void Path_without_an_owner_is_nobodys() =>
        Assert.Null(new ErrorSurfaceMap([new Surface("/api")]).Find("/apis"));

    private sealed class Surface(params string[] prefixes) : IErrorSurface
    {
        public IReadOnlyList<string> Prefixes { get; } = prefixes;

        public ReadOnlyMemory<byte> Format(ErrorReport report) => default;
    }
}
