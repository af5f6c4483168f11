using System.Globalization;

namespace Switchyard.FaultRig.History;

/// <summary>A line of a process's journal.</summary>
/// <param name="At">Microseconds of <see cref="RigClock"/>.</param>
/// <param name="What">What happened.</param>
/// <param name="Details">What belongs to it.</param>
internal sealed record JournalEvent(long At, string What, params string[] Details)
{
    public string Job => Details[0];

    public long Token => long.Parse(Details[1], CultureInfo.InvariantCulture);

    /// <summary>Reads a journal, without the line that a kill tore.</summary>
    public static IReadOnlyList<JournalEvent> ReadAll(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var text = File.ReadAllText(path);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static JournalEvent Parse(string line)
    {
        var parts = line.Split('\t');
        return new JournalEvent(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2..]);
    }
}
