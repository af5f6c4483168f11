using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Reads what is kept of an answer, as far as it comes: 64 KiB of its body and 16 KiB of its headers, without echoes of secrets.</summary>
internal sealed class AnswerReader(SecretEcho echo)
{
    public const int KeptBody = 64 * 1024;
    public const int KeptHeaders = 16 * 1024;
    private const int FirstBuffer = 4096;

    // What a receiver sets its own clients is as secret as what we send.
    private static readonly HashSet<string> NotKept = new(StringComparer.OrdinalIgnoreCase) { "Set-Cookie", "Set-Cookie2" };

    /// <summary>Gets what has come so far; <see langword="null"/> before the headers.</summary>
    public DeliveryAnswer? Answer { get; private set; }

    /// <summary>Reads the body up to what is kept, and no further.</summary>
    public async Task ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Answer = new((int)response.StatusCode, Headers(response), null);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var wanted = KeptBody + echo.LongestBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        try
        {
            int read;
            do
            {
                buffer = Grown(buffer, length, wanted);
                read = await stream.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length, wanted) - length), cancellationToken).ConfigureAwait(false);
                length += read;
            }
            while (read > 0 && length < wanted);
        }
        finally
        {
            Answer = Answer with { Body = length == 0 ? null : Text(response, buffer.AsSpan(0, length)) };
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static byte[] Grown(byte[] buffer, int length, int wanted)
    {
        if (length < Math.Min(buffer.Length, wanted))
        {
            return buffer;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 4, wanted));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    private string Text(HttpResponseMessage response, ReadOnlySpan<byte> bytes)
    {
        // A decoder, not an encoding: it leaves the beginning of a character out where the rest wasn't read.
        var decoder = Charset(response).GetDecoder();
        var chars = new char[decoder.GetCharCount(bytes, flush: false)];
        var text = new string(chars, 0, decoder.GetChars(bytes, chars, flush: false));
        return Cut(Storable(echo.Redact(text)));
    }

    // No NUL, which PostgreSQL refuses, and no half of a surrogate pair, which UTF-16 may hold.
    private static string Storable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    private static string Cut(string text)
    {
        Encoding.UTF8.GetEncoder().Convert(text, new byte[KeptBody], flush: false, out var used, out _, out _);
        return used == text.Length ? text : text[..(char.IsHighSurrogate(text[used - 1]) ? used - 1 : used)];
    }

    private static Encoding Charset(HttpResponseMessage response) => response.Content.Headers.ContentType?.CharSet?.Trim('"').ToUpperInvariant() switch
    {
        "ISO-8859-1" or "LATIN1" => Encoding.Latin1,
        "UTF-16" or "UTF-16LE" => Encoding.Unicode,
        "UTF-16BE" => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    };

    private string Headers(HttpResponseMessage response)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            {
                var (key, value) = (Storable(name), NotKept.Contains(name) ? SecretEcho.Mark : Storable(echo.Redact(values.ToString())));
                if (writer.BytesCommitted + writer.BytesPending + Length(key) + Length(value) < KeptHeaders)
                {
                    writer.WriteString(key, value);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // With quotes, colon and comma. What doesn't fit is left out whole; later ones may fit.
    private static int Length(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length + 4;
}
