namespace Switchyard.Jobs.Recurring;

/// <summary>Represents what becomes of occurrences that nobody fired in time. Numbers are stored: they never change meaning.</summary>
/// <remarks>Contract 5. Whatever the policy, each occurrence has one outcome in the ledger.</remarks>
public enum MisfirePolicy
{
    /// <summary>The latest fires, the others are coalesced into it.</summary>
    FireOnce = 0,

    /// <summary>None fires; the next is the first in the future.</summary>
    Skip = 1,

    /// <summary>Each within the catch-up window fires, the latest hundred at the most.</summary>
    FireAll = 2,
}
