using System.Security.Cryptography;

namespace Switchyard.TestKit.S3;

/// <summary>A stored object; its bytes never change.</summary>
public sealed class S3Object
{
    public S3Object(byte[] bytes, string contentType = "binary/octet-stream")
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        Md5 = md5.GetHashAndReset();
        ETag = $"\"{Convert.ToHexStringLower(Md5)}\"";
        Bytes = bytes;
        ContentType = contentType;
    }

    public byte[] Bytes { get; }

    public byte[] Md5 { get; }

    /// <summary>The entity tag with its quotes.</summary>
    public string ETag { get; }

    public string ContentType { get; }

    /// <summary>Tells whether a condition's tag, quoted or not, is this object's.</summary>
    public bool Matches(string tag) => tag == "*" || tag.Trim('"') == ETag.Trim('"');
}
