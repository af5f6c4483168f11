namespace Switchyard.Blobs.S3;

/// <summary>Configures blobs on S3 or another store that speaks its protocol.</summary>
public sealed class S3BlobsOptions
{
    /// <summary>Gets or sets the bucket, which must exist. Required.</summary>
    public string? Bucket { get; set; }

    /// <summary>Gets or sets the endpoint of a store other than AWS, such as <c>http://localhost:9000</c>.</summary>
    /// <value>The default value is <see langword="null"/>: AWS itself.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>Gets or sets the region, such as <c>eu-central-1</c>.</summary>
    /// <value>The default value is <see langword="null"/>: what <c>AWS_REGION</c> or the AWS profile says; with an endpoint, else <c>us-east-1</c>.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the access key.</summary>
    /// <value>The default value is <see langword="null"/>: the default credential chain of the AWS SDK (<c>AWS_ACCESS_KEY_ID</c> …, profile, role).</value>
    public string? AccessKey { get; set; }

    /// <summary>Gets or sets the secret of <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Gets or sets whether the bucket stands in the path rather than in the host name.</summary>
    /// <value>The default value is <see langword="null"/>: in the path where there is an <see cref="Endpoint"/>.</value>
    public bool? ForcePathStyle { get; set; }

    /// <summary>Gets or sets how long a small call (look, list, delete), or one read of a download, may take, its retries included.</summary>
    /// <value>The default value is 30 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long a copy inside the store, or a write, may take.</summary>
    /// <value>The default value is 10 minutes.</value>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets how often the SDK repeats a call that failed for a passing reason, with growing pauses.</summary>
    /// <value>The default value is 3.</value>
    public int MaxRetries { get; set; } = 3;
}
