using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Keeps accounts in the memory of this process.</summary>
internal sealed class InMemoryAccountMembership(InMemoryDatabase database, SchedulingTables tables) : IAccountMembership
{
    /// <inheritdoc/>
    public Task<bool> IsMemberAsync(string subject, Guid account, CancellationToken cancellationToken) =>
        database.ReadAsync(_ => tables.Accounts.TryGetValue(account, out var row) && row.Owner == subject, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> JoinAsync(string subject, Guid account, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            _ =>
            {
                tables.Accounts.TryAdd(account, new Account(account, subject, "", InMemoryDatabase.WholeMicroseconds(now)));
                return tables.Accounts[account].Owner == subject;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CreateAsync(Account account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return database.ReadAsync(
            _ => tables.Accounts.TryAdd(account.Id, account with { CreatedAt = InMemoryDatabase.WholeMicroseconds(account.CreatedAt) }), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccountPage> ListAsync(string subject, int skip, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            _ =>
            {
                Account[] all = [.. tables.Accounts.Values.Where(account => account.Owner == subject).OrderBy(account => account.CreatedAt).ThenBy(account => account.Id)];
                return new AccountPage([.. all.Skip(skip).Take(limit)], all.Length);
            },
            cancellationToken);
}
