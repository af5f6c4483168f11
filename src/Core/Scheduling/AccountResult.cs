namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to make an account: one of the nested records.</summary>
public abstract record AccountResult
{
    private AccountResult()
    {
    }

    /// <summary>Represents the account that was made.</summary>
    /// <param name="Account">The account.</param>
    public sealed record Created(Account Account) : AccountResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : AccountResult;
}
