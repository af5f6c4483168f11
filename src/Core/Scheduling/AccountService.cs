namespace Switchyard.Scheduling;

/// <summary>Lists and makes accounts for the clients of the API: an extension of seed 4 (contract 5).</summary>
public sealed class AccountService
{
    internal AccountService()
    {
    }

    /// <summary>Lists the accounts that the caller belongs to, oldest first.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="skip">How many to pass over, from 0.</param>
    /// <param name="limit">How many to give at the most, 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<AccountListResult> ListAsync(string subject, int skip, int limit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Makes an account of the caller's. Refused with 409 where the id is taken.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="id">The id; <see langword="null"/> makes one. Not the nil UUID.</param>
    /// <param name="name">The name. Required: 1 to 255 characters, as a schedule's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<AccountResult> CreateAsync(string subject, Guid? id, string? name, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
