namespace Switchyard.Jobs.Recurring;

/// <summary>Represents what becomes of an occurrence while the work of an earlier one is unfinished. Numbers are stored: they never change meaning.</summary>
public enum OverlapPolicy
{
    /// <summary>It fires.</summary>
    Allow = 0,

    /// <summary>It is skipped, and the ledger says so.</summary>
    Skip = 1,

    /// <summary>It waits, one at the most: when the work has ended the latest that is due fires, and the others are coalesced into it.</summary>
    BufferOne = 2,
}
