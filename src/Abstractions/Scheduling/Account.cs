namespace Switchyard.Scheduling;

/// <summary>Represents an account: the owner of schedules.</summary>
/// <param name="Id">The id.</param>
/// <param name="Owner">The <c>sub</c> of the token that it belongs to.</param>
/// <param name="Name">The name, at most 255 characters; may be empty.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Account(Guid Id, string Owner, string Name, DateTimeOffset CreatedAt);

/// <summary>Represents one page of a list of accounts.</summary>
/// <param name="Items">The accounts of this page, oldest first (then by id).</param>
/// <param name="Total">How many there are over all pages.</param>
public sealed record AccountPage(IReadOnlyList<Account> Items, long Total);
