using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Processes;

/// <summary>Which failpoint the next process of a node is started with: those first that were tried least, and kills before the rest.</summary>
/// <param name="random">Decides among equals.</param>
/// <param name="hits">The hit at which a point fails is below this.</param>
internal sealed class FailPointQueue(Random random, int hits)
{
    private static readonly string[] Actions = ["kill", "throw", "pause", "delay"];
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Point, string Action), int> _tries = [];

    /// <summary>Adds a point as soon as it is known, with the actions that it can bear.</summary>
    public void Add(string point)
    {
        lock (_gate)
        {
            foreach (var action in Actions.Where(action => action != "throw" || !point.Contains(".sql.", StringComparison.Ordinal)))
            {
                _tries.TryAdd((point, action), 0);
            }
        }
    }

    /// <summary>Adds the points that a process passed.</summary>
    public void Learn(Life life)
    {
        foreach (var line in life.Events.Where(line => line.What == "passed"))
        {
            Add(line.Details[0]);
        }
    }

    /// <summary>Takes the next point.</summary>
    public LifeSpec Take()
    {
        lock (_gate)
        {
            var (point, action) = _tries.Keys.OrderBy(key => _tries[key] + (key.Action == "kill" ? 0 : 2)).ThenBy(_ => random.Next()).First();
            _tries[(point, action)]++;

            // A process stops once, so what it passes only then is hit once.
            var hit = point.StartsWith("release.", StringComparison.Ordinal) ? 1 : random.Next(1, hits);
            return new LifeSpec($"{point}:{action}:{hit}");
        }
    }
}
