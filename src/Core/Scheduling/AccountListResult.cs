namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to list accounts: one of the nested records.</summary>
public abstract record AccountListResult
{
    private AccountListResult()
    {
    }

    /// <summary>Represents a list.</summary>
    /// <param name="Page">The page that was asked for, oldest first.</param>
    public sealed record Listed(AccountPage Page) : AccountListResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : AccountListResult;
}
