using System.Net;
using System.Net.Http.Headers;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>A file as the body of a request, which tells how much of it has been sent.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int ChunkBytes = 128 * 1024;
    private readonly string _path;
    private readonly Action<long> _sent;

    public UploadContent(string path, Action<long> sent)
    {
        _path = path;
        _sent = sent;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(_path);
        var buffer = new byte[ChunkBytes];
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            _sent(read);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = new FileInfo(_path).Length;
        return true;
    }
}
