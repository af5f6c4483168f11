using Microsoft.Extensions.Options;

namespace Switchyard.Blobs.FileSystem;

internal sealed class FileSystemBlobsOptionsValidator : IValidateOptions<FileSystemBlobsOptions>
{
    private const int ShortestKey = 32;

    public ValidateOptionsResult Validate(string? name, FileSystemBlobsOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Directory))
        {
            failures.Add("FileSystemBlobsOptions.Directory is missing: name the folder that holds the blobs, such as \"./data/blobs\".");
        }

        if (options.PublicUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" })
        {
            failures.Add("FileSystemBlobsOptions.PublicUrl must be the host's absolute http or https URL without a query, such as \"https://api.example.org\".");
        }

        if (options.SigningKey is not { Length: >= ShortestKey })
        {
            failures.Add("FileSystemBlobsOptions.SigningKey must be 32 bytes or more, such as RandomNumberGenerator.GetBytes(32), the same on every node.");
        }

        if (!IsPrefix(options.PathPrefix))
        {
            failures.Add("FileSystemBlobsOptions.PathPrefix must be a path of [A-Za-z0-9_.-] segments that begins with '/' and doesn't end with it, such as \"/blobs\".");
        }

        if (options.LeftoverAge < TimeSpan.FromMinutes(1))
        {
            failures.Add("FileSystemBlobsOptions.LeftoverAge must be a minute or more: a younger file may belong to an upload under way.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsPrefix(string? prefix) => prefix is { Length: > 1 } && prefix[0] == '/' && BlobKey.IsValid(prefix[1..]);
}
