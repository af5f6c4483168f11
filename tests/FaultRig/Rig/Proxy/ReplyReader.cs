using System.Buffers.Binary;
using System.Text;

namespace Switchyard.FaultRig.Proxy;

/// <summary>Reads what a PostgreSQL server answers, message by message, and tells which answers say that a write was committed.</summary>
/// <remarks>
/// A message is a type byte, a big-endian length that counts itself, and the body. A commit is said by a CommandComplete of
/// <c>COMMIT</c>, or, outside of a transaction block, by any write's CommandComplete that a ReadyForQuery of status <c>I</c> follows.
/// </remarks>
internal sealed class ReplyReader
{
    private readonly List<byte> _held = [];
    private readonly List<byte> _partial = [];
    private bool _wrote;
    private bool _committed;

    /// <summary>Takes bytes as they come, and gives those answers that are whole: up to a ReadyForQuery, or what nobody waits behind.</summary>
    public IEnumerable<(byte[] Bytes, bool SaysCommitted)> Read(ReadOnlyMemory<byte> bytes)
    {
        _partial.AddRange(bytes.ToArray());
        var data = _partial.ToArray();
        var at = 0;
        while (data.Length - at >= 5)
        {
            var length = 1 + BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(at + 1));
            if (data.Length - at < length)
            {
                break;
            }

            var message = data.AsSpan(at, length).ToArray();
            at += length;
            _held.AddRange(message);
            if (Ends(message))
            {
                yield return (_held.ToArray(), _committed);
                _held.Clear();
                _committed = false;
            }
        }

        _partial.RemoveRange(0, at);
    }

    /// <summary>Notes what a message says, and tells whether what is held so far may go.</summary>
    private bool Ends(byte[] message)
    {
        switch ((char)message[0])
        {
            case 'C':
                var tag = Encoding.ASCII.GetString(message, 5, message.Length - 6);
                _wrote |= IsWrite(tag);
                _wrote &= tag != "ROLLBACK";
                _committed |= tag == "COMMIT" && _wrote;
                return false;
            case 'Z':
                var idle = message[5] == (byte)'I';
                _committed |= idle && _wrote;
                _wrote &= !idle;
                return true;
            case 'E':
                // What was written in this batch is taken back; a transaction block says so by its status.
                _wrote = false;
                return false;
            default:
                // Notifications, notices and the handshake have no ReadyForQuery behind them.
                return message[0] is (byte)'A' or (byte)'N' or (byte)'R' or (byte)'S' or (byte)'K' && _held.Count == message.Length;
        }
    }

    private static bool IsWrite(string tag)
    {
        var words = tag.Split(' ');
        return words[0] is "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "COPY" && words[^1] != "0";
    }
}
