using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Keeps the kinds that something was ever set for. Every member needs the database's lock.</summary>
internal sealed class KindTable
{
    private readonly SortedDictionary<string, KindRow> _rows = new(StringComparer.Ordinal);

    public KindRow? Find(string kind) => _rows.GetValueOrDefault(kind);

    public KindRow GetOrAdd(string kind)
    {
        if (!_rows.TryGetValue(kind, out var row))
        {
            _rows.Add(kind, row = new KindRow(kind));
        }

        return row;
    }

    public bool IsPaused(string kind) => Find(kind)?.PausedAt is not null;

    public IReadOnlyList<JobKind> List() => [.. _rows.Values.Where(row => row.IsSet).Select(row => row.ToRecord())];
}
