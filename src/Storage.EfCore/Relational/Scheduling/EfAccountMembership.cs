using Microsoft.EntityFrameworkCore;
using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Stores accounts in the database of a context.</summary>
/// <remarks>A subject that can't be stored as it is belongs to nothing: cleaned, it might be another's.</remarks>
internal sealed class EfAccountMembership<TContext>(StoreSessions<TContext> sessions) : IAccountMembership
    where TContext : DbContext
{
    public Task<bool> IsMemberAsync(string subject, Guid account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return sessions.StatementAsync(async session => await OwnerAsync(session, account).ConfigureAwait(false) == subject, cancellationToken);
    }

    public Task<bool> JoinAsync(string subject, Guid account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return sessions.StatementAsync(
            async session =>
            {
                var owner = await OwnerAsync(session, account).ConfigureAwait(false);
                if (owner is null && StoredText.IsStorable(subject))
                {
                    await AddAsync(session, new Account(account, subject, "", now)).ConfigureAwait(false);
                    owner = await OwnerAsync(session, account).ConfigureAwait(false);
                }

                return owner == subject;
            },
            cancellationToken,
            writes: true);
    }

    public Task<bool> CreateAsync(Account account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!StoredText.IsStorable(account.Owner))
        {
            throw new ArgumentException("The owner holds a NUL or half of a surrogate pair, which databases can't store.", nameof(account));
        }

        return sessions.StatementAsync(session => AddAsync(session, account), cancellationToken, writes: true);
    }

    public Task<AccountPage> ListAsync(string subject, int skip, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (!StoredText.IsStorable(subject))
        {
            return Task.FromResult(new AccountPage([], 0));
        }

        return sessions.ReadAsync(
            async session =>
            {
                var all = session.Context.Set<AccountEntity>().AsNoTracking().Where(account => account.Owner == subject);
                var total = await all.LongCountAsync(session.Cancellation).ConfigureAwait(false);
                var page = await all.OrderBy(account => account.CreatedAt).ThenBy(account => account.Id).Skip(skip).Take(limit)
                    .ToListAsync(session.Cancellation).ConfigureAwait(false);
                return new AccountPage(page.ConvertAll(row => new Account(row.Id, row.Owner, row.Name, row.CreatedAt)), total);
            },
            cancellationToken);
    }

    private static async Task<string?> OwnerAsync(StoreSession session, Guid account) =>
        (await session.Command(ScheduleSql.For(session.Dialect).OwnerOf).With("id", SqlType.Id, account).ReadAsync(row => row.Text(0)).ConfigureAwait(false)).FirstOrDefault();

    private static async Task<bool> AddAsync(StoreSession session, Account account) =>
        await session.Command(ScheduleSql.For(session.Dialect).AddAccount)
            .With("id", SqlType.Id, account.Id).With("owner", SqlType.Text, account.Owner).With("name", SqlType.Text, StoredText.Clean(account.Name, 255))
            .With("at", SqlType.Instant, account.CreatedAt).ExecuteAsync().ConfigureAwait(false) > 0;
}
