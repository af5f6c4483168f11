namespace Switchyard.TestKit.S3;

/// <summary>An error as S3 words it.</summary>
public sealed record S3Error(int Status, string Code, string Message)
{
    public static S3Error SignatureDoesNotMatch { get; } = new(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");

    public static S3Error Expired { get; } = new(403, "AccessDenied", "Request has expired");

    public static S3Error HeadersNotSigned { get; } = new(403, "AccessDenied", "There were headers present in the request which were not signed");

    public static S3Error InvalidAccessKeyId { get; } = new(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");

    public static S3Error RequestTimeTooSkewed { get; } = new(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.");

    public static S3Error AccessDenied { get; } = new(403, "AccessDenied", "Access Denied");

    public static S3Error Malformed { get; } = new(400, "AuthorizationQueryParametersError", "The authorization is malformed.");

    public static S3Error ContentSha256Mismatch { get; } = new(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");

    public static S3Error BadDigest { get; } = new(400, "BadDigest", "The digest that you specified did not match what we received.");

    public static S3Error NoSuchKey { get; } = new(404, "NoSuchKey", "The specified key does not exist.");

    public static S3Error NoSuchBucket { get; } = new(404, "NoSuchBucket", "The specified bucket does not exist");

    public static S3Error PreconditionFailed { get; } = new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

    public static S3Error NotImplemented { get; } = new(501, "NotImplemented", "This double does not know that.");
}
