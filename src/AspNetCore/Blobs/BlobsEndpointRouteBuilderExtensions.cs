using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.AspNetCore.Blobs;
using Switchyard.Blobs.FileSystem;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the signed URLs of blobs on the file system.</summary>
public static class BlobsEndpointRouteBuilderExtensions
{
    // A key holds slashes, so it takes the rest of the path. Only these methods are mapped, so any other below the prefix is 405, never 404.
    private const string Key = "/{**key:minlength(1)}";

    /// <summary>Maps PUT, GET and HEAD below the prefix of <c>AddFileSystemBlobs</c>, <c>/blobs</c> unless it says otherwise.</summary>
    /// <remarks>The endpoints are open to anybody: the signature in the URL is the authorization. Errors have an empty body.</remarks>
    /// <param name="endpoints">The routes.</param>
    /// <exception cref="InvalidOperationException"><c>AddFileSystemBlobs</c> or <c>AddBlobsApi</c> was not called.</exception>
    public static IEndpointConventionBuilder MapBlobs(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var urls = Require<SignedBlobUrls>(endpoints, "builder.Services.AddFileSystemBlobs(o => { o.Directory = ...; o.PublicUrl = ...; o.SigningKey = ...; });");
        Require<BlobUploads>(endpoints, "builder.Services.AddBlobsApi();");

        var group = endpoints.MapGroup(urls.PathPrefix).AllowAnonymous().ExcludeFromDescription();
        group.MapPut(Key, PutAsync).WithName("Blobs.Upload").WithMetadata(new UnlimitedBody());
        group.MapMethods(Key, [HttpMethods.Get, HttpMethods.Head], GetAsync).WithName("Blobs.Download");
        return group;
    }

    private static Task<IResult> PutAsync(HttpContext context, SignedBlobUrls urls, BlobUploads uploads) =>
        Verify(context, urls) is { } signed
            ? uploads.ReceiveAsync(context, signed)
            : Task.FromResult(uploads.Refuse(context, StatusCodes.Status403Forbidden));

    private static Task<IResult> GetAsync(HttpContext context, SignedBlobUrls urls, BlobDownloads downloads) =>
        Verify(context, urls) is { } signed
            ? downloads.SendAsync(context, signed.Key)
            : Task.FromResult<IResult>(TypedResults.StatusCode(StatusCodes.Status403Forbidden));

    private static SignedBlob? Verify(HttpContext context, SignedBlobUrls urls) =>
        urls.Verify(context.Request.Method, context.Request.Path.Value ?? "", context.Request.QueryString.Value ?? "");

    private static T Require<T>(IEndpointRouteBuilder endpoints, string line)
        where T : class =>
        endpoints.ServiceProvider.GetService<T>()
        ?? throw new InvalidOperationException($"MapBlobs() needs a service that is missing. Add this line before the app is built: {line}");
}
