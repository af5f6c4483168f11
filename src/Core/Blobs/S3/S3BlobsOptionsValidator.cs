using Microsoft.Extensions.Options;

namespace Switchyard.Blobs.S3;

internal sealed class S3BlobsOptionsValidator : IValidateOptions<S3BlobsOptions>
{
    private const int MostRetries = 20;

    public ValidateOptionsResult Validate(string? name, S3BlobsOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Bucket))
        {
            failures.Add("S3BlobsOptions.Bucket is missing: name the bucket, such as \"my-uploads\".");
        }

        if (options.Endpoint is not null and not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" })
        {
            failures.Add("S3BlobsOptions.Endpoint must be an absolute http or https URL, such as \"https://s3.example.org\".");
        }

        if (string.IsNullOrEmpty(options.AccessKey) != string.IsNullOrEmpty(options.SecretKey))
        {
            failures.Add("S3BlobsOptions.AccessKey and SecretKey must be set both, or neither for the default credential chain.");
        }

        if (options.RequestTimeout <= TimeSpan.Zero || options.TransferTimeout <= TimeSpan.Zero)
        {
            failures.Add("S3BlobsOptions.RequestTimeout and TransferTimeout must be positive.");
        }

        if (options.MaxRetries is < 0 or > MostRetries)
        {
            failures.Add("S3BlobsOptions.MaxRetries must be from 0 to 20.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
