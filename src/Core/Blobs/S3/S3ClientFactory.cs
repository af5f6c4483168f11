using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Switchyard.Blobs.S3;

/// <summary>Makes the SDK's client so that it gets along with any store of the protocol, not only with AWS.</summary>
internal static class S3ClientFactory
{
    private const string UsualRegion = "us-east-1";

    public static AmazonS3Client Create(S3BlobsOptions options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle ?? options.Endpoint is not null,
            MaxErrorRetry = options.MaxRetries,
            RetryMode = RequestRetryMode.Standard,

            // The calls have limits of their own (S3Calls); this one would cut off a long write.
            Timeout = options.TransferTimeout,

            // The SDK's newer checksums are unknown to many stores.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var region = options.Region ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: options.Endpoint is null)?.SystemName;
        if (options.Endpoint is not null)
        {
            config.ServiceURL = options.Endpoint.AbsoluteUri;
            config.AuthenticationRegion = region ?? UsualRegion;
        }
        else
        {
            config.RegionEndpoint = region is null
                ? throw new InvalidOperationException("The region of the S3 bucket isn't known. Set S3BlobsOptions.Region or AWS_REGION, such as \"eu-central-1\".")
                : RegionEndpoint.GetBySystemName(region);
        }

        return string.IsNullOrEmpty(options.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
