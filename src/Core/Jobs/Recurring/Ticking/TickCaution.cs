namespace Switchyard.Jobs.Recurring.Ticking;

/// <summary>Finds the recurrence that can't be stored among those that can: after a failure they are taken one by one, and one that fails again and again is put off.</summary>
internal sealed class TickCaution(int batchSize)
{
    private const int MostFailures = 3;
    private int _share = int.MaxValue;
    private Guid? _suspect;
    private int _failures;

    /// <summary>Gets how many to take.</summary>
    public int Limit => Math.Min(batchSize, _share);

    /// <summary>Gets whether a recurrence has failed alone so often that the others go on without it.</summary>
    public bool IsHopeless(Guid recurrence) => _suspect == recurrence && _failures >= MostFailures;

    /// <summary>Says that a transaction failed: of a store that is away, before anything was planned.</summary>
    public void OnFailed(IReadOnlyList<DueRecurrence> planned)
    {
        _share = 1;
        if (planned is [var alone])
        {
            _failures = _suspect == alone.Recurrence.Id ? _failures + 1 : 1;
            _suspect = alone.Recurrence.Id;
        }
    }

    /// <summary>Says that a transaction succeeded.</summary>
    public void OnSucceeded() => (_share, _suspect, _failures) = (Limit * 2, null, 0);
}
