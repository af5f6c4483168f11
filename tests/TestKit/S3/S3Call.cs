using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Switchyard.TestKit.S3;

/// <summary>One request to the double, with what it asks for.</summary>
public sealed class S3Call
{
    private S3Call(HttpContext context, byte[] body, string target)
    {
        Context = context;
        Body = body;
        Target = target;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        Query = [.. SigV4.ParseQuery(mark < 0 ? "" : target[(mark + 1)..])];
        var path = (mark < 0 ? target : target[..mark]).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        Bucket = Uri.UnescapeDataString(slash < 0 ? path : path[..slash]);
        Key = slash < 0 ? "" : Uri.UnescapeDataString(path[(slash + 1)..]);
    }

    public string Method => Context.Request.Method;

    /// <summary>Path and query as they came.</summary>
    public string Target { get; }

    public string Bucket { get; }

    /// <summary>The object's key, or nothing for a call on the bucket.</summary>
    public string Key { get; }

    public byte[] Body { get; }

    /// <summary>The S3 operation, such as <c>PutObject</c>.</summary>
    public string Operation => (Method, Key.Length > 0) switch
    {
        ("PUT", true) => Header("x-amz-copy-source") is null ? "PutObject" : "CopyObject",
        ("GET", true) => "GetObject",
        ("HEAD", true) => "HeadObject",
        ("DELETE", true) => "DeleteObject",
        ("GET", false) when Parameter("list-type") == "2" => "ListObjectsV2",
        _ => "Unknown",
    };

    internal HttpContext Context { get; }

    internal IReadOnlyList<(string Name, string Value)> Query { get; }

    public string? Header(string name) => Context.Request.Headers.TryGetValue(name, out var values) ? string.Join(',', values.ToArray()) : null;

    public string? Parameter(string name) => Query.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault();

    internal static async Task<S3Call> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new S3Call(context, body.ToArray(), context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
    }
}
