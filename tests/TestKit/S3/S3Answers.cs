using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Switchyard.TestKit.S3;

/// <summary>Writes answers in S3's XML, and the faults.</summary>
internal static class S3Answers
{
    private static readonly XNamespace Names = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static Task ErrorAsync(HttpContext context, S3Error error) => XmlAsync(context, error.Status, ErrorBody(error));

    public static Task CopiedAsync(HttpContext context, S3Object copy) => XmlAsync(context, 200, new XElement(
        Names + "CopyObjectResult",
        new XElement(Names + "ETag", copy.ETag),
        new XElement(Names + "LastModified", "2026-01-01T00:00:00.000Z")));

    public static Task ListAsync(HttpContext context, string bucket, IReadOnlyList<KeyValuePair<string, S3Object>> page, string? next) => XmlAsync(context, 200, new XElement(
        Names + "ListBucketResult",
        new XElement(Names + "Name", bucket),
        new XElement(Names + "KeyCount", page.Count),
        new XElement(Names + "IsTruncated", next is not null),
        next is null ? null : new XElement(Names + "NextContinuationToken", next),
        page.Select(entry => new XElement(
            Names + "Contents",
            new XElement(Names + "Key", entry.Key),
            new XElement(Names + "LastModified", "2026-01-01T00:00:00.000Z"),
            new XElement(Names + "ETag", entry.Value.ETag),
            new XElement(Names + "Size", entry.Value.Bytes.Length.ToString(CultureInfo.InvariantCulture)),
            new XElement(Names + "StorageClass", "STANDARD")))));

    public static async Task FaultAsync(HttpContext context, S3Fault fault)
    {
        switch (fault)
        {
            case S3Fault.DropConnection:
                context.Abort();
                break;
            case S3Fault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                break;
            case S3Fault.ErrorInOkBody:
                await XmlAsync(context, 200, ErrorBody(new S3Error(200, "InternalError", "We encountered an internal error. Please try again.")));
                break;
            case S3Fault.Nonsense:
                await context.Response.WriteAsync("<html>not S3", context.RequestAborted);
                break;
            case S3Fault.TruncatedBody:
                context.Response.ContentLength = 1_000_000;
                await context.Response.Body.WriteAsync(new byte[1000], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                break;
            default:
                await ErrorAsync(context, Error(fault));
                break;
        }
    }

    private static S3Error Error(S3Fault fault) => fault switch
    {
        S3Fault.AccessDenied => S3Error.AccessDenied,
        S3Fault.NoSuchKey => S3Error.NoSuchKey,
        S3Fault.NoSuchBucket => S3Error.NoSuchBucket,
        S3Fault.TimeTooSkewed => S3Error.RequestTimeTooSkewed,
        S3Fault.SlowDown => new S3Error(503, "SlowDown", "Please reduce your request rate."),
        _ => new S3Error(500, "InternalError", "We encountered an internal error. Please try again."),
    };

    private static XElement ErrorBody(S3Error error) => new(
        "Error",
        new XElement("Code", error.Code),
        new XElement("Message", error.Message),
        new XElement("RequestId", "0123456789ABCDEF"));

    private static async Task XmlAsync(HttpContext context, int status, XElement body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        if (context.Request.Method != "HEAD")
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body), context.RequestAborted);
        }
    }
}
