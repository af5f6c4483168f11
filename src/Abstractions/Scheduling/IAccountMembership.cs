namespace Switchyard.Scheduling;

/// <summary>Knows who belongs to which account: the rule of contract 5, replaceable by an own one.</summary>
public interface IAccountMembership
{
    /// <summary>Tells whether a subject belongs to an account. No account that doesn't exist has members.</summary>
    Task<bool> IsMemberAsync(string subject, Guid account, CancellationToken cancellationToken);

    /// <summary>Makes the account the subject's where nobody named it before, and tells whether the subject belongs to it.</summary>
    /// <remarks>Of concurrent calls with one account, one makes it.</remarks>
    Task<bool> JoinAsync(string subject, Guid account, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes an account.</summary>
    /// <returns>Whether it was made; <see langword="false"/> where the id is taken.</returns>
    Task<bool> CreateAsync(Account account, CancellationToken cancellationToken);

    /// <summary>Lists the accounts that a subject belongs to.</summary>
    Task<AccountPage> ListAsync(string subject, int skip, int limit, CancellationToken cancellationToken);
}
