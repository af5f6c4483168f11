namespace Switchyard.TestKit.S3;

/// <summary>Who may call the double, and where it stands.</summary>
public sealed record S3Credentials(string AccessKey, string SecretKey, string Region);
