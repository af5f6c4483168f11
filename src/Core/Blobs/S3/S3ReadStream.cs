using Amazon.S3.Model;

namespace Switchyard.Blobs.S3;

/// <summary>The body of a download: a read that stalls or breaks says that the store is unavailable.</summary>
internal sealed class S3ReadStream(GetObjectResponse response, TimeSpan limit, TimeProvider time) : Stream
{
    private const string Operation = "GetObject";
    private readonly Stream _body = response.ResponseStream;
    private readonly CancellationTokenSource _stalled = new(Timeout.InfiniteTimeSpan, time);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => response.ContentLength;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _stalled.CancelAfter(limit);
        using var caller = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _stalled);
        try
        {
            return await _body.ReadAsync(buffer, _stalled.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (S3Calls.IsFailure(exception))
        {
            throw S3Calls.Translate(Operation, exception);
        }
        finally
        {
            _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return _body.Read(buffer, offset, count);
        }
        catch (Exception exception) when (S3Calls.IsFailure(exception))
        {
            throw S3Calls.Translate(Operation, exception);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
            _stalled.Dispose();
        }

        base.Dispose(disposing);
    }
}
