using System.Globalization;
using System.Text;

namespace Switchyard.Simulation.Cluster;

/// <summary>Writes what happens, a line each, where somebody wants to read it.</summary>
internal sealed class EventLog(Func<TimeSpan> now)
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public void Line(string who, string what) =>
        _text.Append(now().ToString("hh\\:mm\\:ss\\.fff", CultureInfo.InvariantCulture)).Append(' ').Append(who.PadRight(7)).Append(what).Append('\n');
}
