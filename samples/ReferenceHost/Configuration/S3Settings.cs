namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Represents the S3 bucket that holds blobs; credentials and region come by <c>AWS_*</c>, which the SDK reads itself.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Endpoint">The endpoint of an S3-compatible store; <see langword="null"/> means AWS.</param>
internal sealed record S3Settings(string Bucket, Uri? Endpoint);
