using System.Globalization;
using System.Xml;
using Amazon.Runtime;

namespace Switchyard.Blobs.S3;

/// <summary>Runs calls to S3 within a time limit, and turns whatever goes wrong on the way or over there into the one exception of the port.</summary>
internal sealed class S3Calls(TimeProvider time)
{
    public async Task<T> RunAsync<T>(string operation, TimeSpan limit, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (TimeoutException exception) when (cancellationToken.IsCancellationRequested)
        {
            // The SDK's word for a request that was given up just as its connection broke.
            throw new OperationCanceledException("The caller gave up.", exception, cancellationToken);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw Translate(operation, exception);
        }
    }

    public static bool IsFailure(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException or TimeoutException or XmlException
            or IOException and not BlobStoreUnavailableException;

    /// <summary>Words a failure without addresses, keys or credentials: it may reach a log.</summary>
    public static BlobStoreUnavailableException Translate(string operation, Exception exception) => new(
        exception switch
        {
            AmazonServiceException { StatusCode: > 0 } service =>
                string.Create(CultureInfo.InvariantCulture, $"S3 answered {operation} with {(int)service.StatusCode} {service.ErrorCode}."),
            OperationCanceledException or TimeoutException => $"S3 didn't answer {operation} in time.",
            _ => $"S3 couldn't be reached for {operation}, or its answer made no sense.",
        },
        exception);
}
