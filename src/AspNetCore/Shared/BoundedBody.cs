using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore;

/// <summary>Reads a whole body into memory, up to a limit.</summary>
internal static class BoundedBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>Reads the body, or gives <see langword="null"/> as soon as it is known to be larger than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? ChunkBytes) + 1);
        while (true)
        {
            // One byte more than allowed is enough to know.
            var room = buffer.GetMemory(1);
            var wanted = Math.Min(room.Length, maxBytes + 1 - buffer.WrittenCount);
            var read = await request.Body.ReadAsync(room[..wanted], request.HttpContext.RequestAborted);
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }

            if (read == 0)
            {
                return buffer.WrittenMemory;
            }
        }
    }
}
