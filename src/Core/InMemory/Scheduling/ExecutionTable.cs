using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Keeps executions by id, by firing and by schedule. Every member needs the database's lock.</summary>
internal sealed class ExecutionTable
{
    private readonly Dictionary<Guid, Execution> _rows = [];
    private readonly Dictionary<Guid, SortedDictionary<int, Guid>> _firings = [];
    private readonly Dictionary<Guid, HashSet<Guid>> _schedules = [];

    public IEnumerable<Execution> Rows => _rows.Values;

    public Execution? Find(Guid id) => _rows.GetValueOrDefault(id);

    public Execution? Find(Guid root, int attempt) =>
        _firings.TryGetValue(root, out var attempts) && attempts.TryGetValue(attempt, out var id) ? _rows[id] : null;

    /// <summary>Gets the attempts of a firing, in order.</summary>
    public IReadOnlyList<Execution> Firing(Guid root) => _firings.TryGetValue(root, out var attempts) ? [.. attempts.Values.Select(id => _rows[id])] : [];

    public IEnumerable<Execution> OfSchedule(Guid schedule) =>
        _schedules.TryGetValue(schedule, out var ids) ? ids.Select(id => _rows[id]) : [];

    /// <summary>Stores an execution unless its (root, attempt) is there already; says whether it did.</summary>
    public bool TryAdd(Execution execution)
    {
        if (Find(execution.RootId, execution.Attempt) is not null || !_rows.TryAdd(execution.Id, execution))
        {
            return false;
        }

        In(_firings, execution.RootId).Add(execution.Attempt, execution.Id);
        In(_schedules, execution.ScheduleId).Add(execution.Id);
        return true;
    }

    /// <summary>Replaces an execution that is there; its firing, number and schedule stay.</summary>
    public void Update(Execution execution) => _rows[execution.Id] = execution;

    public void Remove(Guid id)
    {
        if (_rows.Remove(id, out var row))
        {
            _firings[row.RootId].Remove(row.Attempt);
            _schedules[row.ScheduleId].Remove(id);
            if (_firings[row.RootId].Count == 0)
            {
                _firings.Remove(row.RootId);
            }
        }
    }

    private static T In<T>(Dictionary<Guid, T> index, Guid key)
        where T : new()
    {
        if (!index.TryGetValue(key, out var entry))
        {
            index.Add(key, entry = new T());
        }

        return entry;
    }
}
