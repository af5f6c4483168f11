using System.Collections.Concurrent;
using System.Globalization;

namespace Switchyard.FaultRig.Worker.FailPoints;

/// <summary>Named places at which this process may be made to fail, each by name, action and the hit that it fails at.</summary>
internal sealed class FailPoint
{
    private readonly ConcurrentDictionary<string, bool> _passed = new();
    private readonly Journal _journal;
    private readonly TimeSpan _delay;
    private readonly string? _name;
    private readonly FailPointAction _action;
    private readonly int _at;
    private int _hits;

    public FailPoint(WorkerSettings settings, Journal journal)
    {
        (_journal, _delay) = (journal, settings.Lease / 2);
        if (settings.FailPoint.Length > 0)
        {
            var parts = settings.FailPoint.Split(':');
            _name = parts[0];
            _action = Enum.Parse<FailPointAction>(parts[1].Replace("-after", "", StringComparison.Ordinal), ignoreCase: true);
            _at = parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : 1;
        }
    }

    /// <summary>Gets the points around the calls of the store; those of commits and statements are found as they are passed.</summary>
    public static IReadOnlyList<string> StorePoints { get; } =
        [.. Operations.All.SelectMany(operation => new[] { $"{operation}.before", $"{operation}.after" })];

    /// <summary>Passes a point, and fails there if it is time to.</summary>
    /// <param name="name">The point.</param>
    /// <param name="mayThrow">Whether whoever passes can bear an exception.</param>
    public void Hit(string name, bool mayThrow = true)
    {
        if (_passed.TryAdd(name, true))
        {
            _journal.Write("passed", name);
        }

        if (name == _name && Interlocked.Increment(ref _hits) == _at)
        {
            Fail(name, mayThrow);
        }
    }

    private void Fail(string name, bool mayThrow)
    {
        _journal.Write("fired", name, _action);
        Console.WriteLine($"fired {_action}");
        switch (_action)
        {
            case FailPointAction.Kill:
                Signals.KillSelf();
                break;
            case FailPointAction.Pause:
                Signals.PauseSelf();
                break;
            case FailPointAction.Delay:
                Thread.Sleep(_delay);
                break;
            default:
                if (mayThrow)
                {
                    throw new IOException($"The failpoint {name} lost this call.");
                }

                break;
        }
    }
}
