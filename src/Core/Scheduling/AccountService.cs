using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling;

/// <summary>Lists and makes accounts for the clients of the API: an extension of seed 4 (contract 5).</summary>
public sealed class AccountService
{
    private readonly IAccountMembership _accounts;
    private readonly TimeProvider _timeProvider;

    internal AccountService(IAccountMembership accounts, TimeProvider timeProvider)
    {
        _accounts = accounts;
        _timeProvider = timeProvider;
    }

    /// <summary>Lists the accounts that the caller belongs to, oldest first.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="skip">How many to pass over, from 0.</param>
    /// <param name="limit">How many to give at the most, 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AccountListResult> ListAsync(string subject, int skip, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return PageRules.Check(skip, limit) is { } refusal
            ? new AccountListResult.Refused(refusal)
            : new AccountListResult.Listed(await _accounts.ListAsync(subject, skip, limit, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Makes an account of the caller's. Refused with 409 where the id is taken.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="id">The id; <see langword="null"/> makes one. Not the nil UUID.</param>
    /// <param name="name">The name. Required: 1 to 255 characters, as a schedule's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AccountResult> CreateAsync(string subject, Guid? id, string? name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        var problems = new ProblemList();
        problems.AddUnless(id != Guid.Empty, "id", "must not be the nil UUID");
        problems.AddUnless(TextRules.IsName(name), "name", name is null ? "is required" : TextRules.NameRule);
        if (problems.ToRefusal() is { } refusal)
        {
            return new AccountResult.Refused(refusal);
        }

        var now = _timeProvider.GetUtcNow();
        var account = new Account(id ?? Guid.CreateVersion7(now), subject, name!, now);
        return await _accounts.CreateAsync(account, cancellationToken).ConfigureAwait(false)
            ? new AccountResult.Created(account)
            : new AccountResult.Refused(Refusals.Conflict($"The id {account.Id:D} is taken."));
    }
}
